package io.github.workqueue.benchmark;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.VarHandle;
import java.util.HashSet;
import java.util.Set;

import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * The engine once more, which counts its steps: made from the bytes of the real classes,
 * so it cannot drift apart from them. A step's name is {@code kind in CLASS}.
 */
final class SteppingLoader extends ClassLoader {

	private static final String PACKAGE = "io.github.workqueue.engine.";

	private static final String STEPS = Steps.class.getName().replace('.', '/');

	private static final String VAR_HANDLE = VarHandle.class.getName().replace('.', '/');

	SteppingLoader() {
		super(SteppingLoader.class.getClassLoader());
	}

	@Override
	protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
		if (!name.startsWith(PACKAGE)) {
			return super.loadClass(name, resolve);
		}
		synchronized (getClassLoadingLock(name)) {
			Class<?> loaded = findLoadedClass(name);
			return (loaded != null) ? loaded : define(name);
		}
	}

	private Class<?> define(String name) throws ClassNotFoundException {
		try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
			if (in == null) {
				throw new ClassNotFoundException(name);
			}
			byte[] code = stepping(new ClassReader(in.readAllBytes()));
			return defineClass(name, code, 0, code.length);
		}
		catch (IOException ex) {
			throw new ClassNotFoundException(name, ex);
		}
	}

	private static byte[] stepping(ClassReader reader) {
		Set<String> volatiles = new HashSet<>();
		reader.accept(new ClassVisitor(Opcodes.ASM9) {

			@Override
			public FieldVisitor visitField(int access, String name, String descriptor, String signature, Object value) {
				if ((access & Opcodes.ACC_VOLATILE) != 0) {
					volatiles.add(name);
				}
				return null;
			}

		}, ClassReader.SKIP_CODE);
		ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
		reader.accept(new ClassVisitor(Opcodes.ASM9, writer) {

			@Override
			public MethodVisitor visitMethod(int access, String name, String descriptor, String signature,
					String[] exceptions) {
				return new Stepper(super.visitMethod(access, name, descriptor, signature, exceptions),
						reader.getClassName(), volatiles);
			}

		}, 0);
		return writer.toByteArray();
	}

	/** Inserts the calls. */
	private static final class Stepper extends MethodVisitor {

		private final String type;

		private final Set<String> volatiles;

		Stepper(MethodVisitor next, String type, Set<String> volatiles) {
			super(Opcodes.ASM9, next);
			this.type = type;
			this.volatiles = volatiles;
		}

		@Override
		public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
			if (owner.equals(this.type) && this.volatiles.contains(name)) {
				step((opcode == Opcodes.PUTFIELD) ? "volatile write" : "volatile read");
			}
			super.visitFieldInsn(opcode, owner, name, descriptor);
		}

		@Override
		public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
			String kind = kind(owner, name);
			if (!kind.isEmpty()) {
				step(kind);
			}
			super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
		}

		private void step(String kind) {
			String simple = this.type.substring(this.type.lastIndexOf('/') + 1);
			super.visitLdcInsn(Steps.number(kind + " in " + simple));
			super.visitMethodInsn(Opcodes.INVOKESTATIC, STEPS, "step", "(I)V", false);
		}

		private static String kind(String owner, String name) {
			boolean lock = owner.endsWith("/ReentrantLock") || owner.endsWith("/PoolLock") && name.equals("tryLock");
			if (lock) {
				return name.equals("lock") || name.equals("tryLock") ? "lock" : "";
			}
			if (owner.equals("java/util/concurrent/locks/LockSupport")) {
				return name.equals("unpark") ? "wake-up" : "";
			}
			if (!owner.equals(VAR_HANDLE) && !owner.startsWith("java/util/concurrent/atomic/")) {
				return "";
			}
			if (name.equals("fullFence")) {
				return "fence";
			}
			if (name.equals("setVolatile") || name.equals("set") && !owner.equals(VAR_HANDLE)) {
				return "volatile write";
			}
			if (name.equals("getVolatile") || name.equals("getAcquire")
					|| name.equals("get") && !owner.equals(VAR_HANDLE)) {
				return "volatile read";
			}
			return isUpdate(name) ? "atomic update" : "";
		}

		private static boolean isUpdate(String name) {
			return name.startsWith("compareAnd") || name.startsWith("weakCompareAnd") || name.startsWith("getAnd")
					|| name.endsWith("AndGet") || name.equals("add") || name.equals("increment");
		}

	}

}

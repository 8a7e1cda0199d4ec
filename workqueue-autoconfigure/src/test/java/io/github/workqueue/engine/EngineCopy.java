package io.github.workqueue.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.Remapper;

/**
 * The engine once more, with some of its steps left out or torn in two: what a proof must
 * notice. The classes are copies of the real ones under other names, made from their
 * bytes, so they differ from them by the instructions named here and cannot drift apart.
 * A change that finds no such instruction is refused.
 */
final class EngineCopy {

	private static final String PACKAGE = EngineCopy.class.getPackageName().replace('.', '/') + '/';

	/** How the copies with the same changes are called. */
	private static final Map<List<Object>, String> PREFIXES = new ConcurrentHashMap<>();

	private static final Map<String, Class<?>> LOADED = new ConcurrentHashMap<>();

	private final List<Change> changes = new ArrayList<>();

	private final List<PlainField> plainFields = new ArrayList<>();

	private int sound;

	private boolean silent;

	/** What was changed up to now leaves the engine right. */
	EngineCopy sound() {
		this.sound = this.changes.size();
		return this;
	}

	/** Another copy, with the changes that leave the engine right alone. */
	EngineCopy withoutWeakness() {
		EngineCopy copy = new EngineCopy();
		copy.changes.addAll(this.changes.subList(0, this.sound));
		return copy.sound();
	}

	/** Leaves out the engine's own assertions, which may notice first. */
	EngineCopy withoutAssertions() {
		this.silent = true;
		return this;
	}

	/** Leaves a call out; it answers false, zero or null. */
	EngineCopy without(Class<?> type, String method, String call) {
		return change(type, method, call, Opcodes.ICONST_0);
	}

	/** Leaves a call out; it answers true. */
	EngineCopy answering(Class<?> type, String method, String call) {
		return change(type, method, call, Opcodes.ICONST_1);
	}

	/** Leaves the lock out that a method takes. */
	EngineCopy unlocked(Class<?> type, String method) {
		return without(type, method, "lock").without(type, method, "unlock");
	}

	/** Calls the method of that name in {@link TornSteps} instead. */
	EngineCopy torn(Class<?> type, String method, String call) {
		return instead(type, method, call, TornSteps.class);
	}

	/** Calls the static method of that name in another class instead. */
	EngineCopy instead(Class<?> type, String method, String call, Class<?> steps) {
		return change(type, method, call, Opcodes.INVOKESTATIC, steps);
	}

	/** Makes a field neither volatile nor final. */
	EngineCopy plain(Class<?> type, String field) {
		this.plainFields.add(new PlainField(Type.getInternalName(type), field));
		return this;
	}

	private EngineCopy change(Class<?> type, String method, String call, int instead) {
		return change(type, method, call, instead, TornSteps.class);
	}

	private EngineCopy change(Class<?> type, String method, String call, int instead, Class<?> steps) {
		this.changes.add(new Change(Type.getInternalName(type), method, call, instead, Type.getInternalName(steps)));
		return this;
	}

	/** How the copy of a class is called. */
	String nameOf(Class<?> original) {
		return className(Type.getInternalName(original));
	}

	/** The copy of a class that uses the copies of all others. */
	Class<?> of(Class<?> original) {
		return LOADED.computeIfAbsent(nameOf(original), (name) -> make(original));
	}

	private Class<?> make(Class<?> original) {
		return load(original, codes(original));
	}

	/** Puts the copies of a class, and of what it uses of the engine, into a jar. */
	void write(Class<?> original, JarOutputStream out) throws IOException {
		write(codes(original), out);
	}

	private Map<String, byte[]> codes(Class<?> original) {
		Map<String, byte[]> codes = new LinkedHashMap<>();
		collect(Type.getInternalName(original), codes);
		Stream.concat(this.changes.stream().map(Change::type), this.plainFields.stream().map(PlainField::type))
			.filter((type) -> !codes.containsKey(type))
			.forEach((type) -> {
				throw new IllegalStateException(original.getSimpleName() + " does not use what is changed: " + type);
			});
		codes.replaceAll((name, code) -> copy(name, code, codes.keySet()));
		return codes;
	}

	/** Collects a class and what it uses of the engine. */
	private void collect(String name, Map<String, byte[]> codes) {
		if (codes.containsKey(name)) {
			return;
		}
		byte[] code = read(name);
		codes.put(name, code);
		Set<String> used = new TreeSet<>();
		new ClassReader(code).accept(new ClassRemapper(new ClassWriter(0), new Remapper(Opcodes.ASM9) {

			@Override
			public String map(String internalName) {
				used.add(internalName);
				return internalName;
			}

		}), ClassReader.SKIP_DEBUG);
		used.stream().filter(this::isCopied).forEach((next) -> collect(next, codes));
	}

	private boolean isCopied(String name) {
		return name.startsWith(PACKAGE) && !name.startsWith(Type.getInternalName(TornSteps.class))
				&& this.changes.stream().noneMatch((change) -> change.steps.equals(name));
	}

	private static byte[] read(String name) {
		try (InputStream in = EngineCopy.class.getResourceAsStream('/' + name + ".class")) {
			return in.readAllBytes();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private byte[] copy(String name, byte[] code, Set<String> copied) {
		List<Change> mine = this.changes.stream().filter((change) -> change.type.equals(name)).toList();
		List<PlainField> fields = this.plainFields.stream().filter((field) -> field.type.equals(name)).toList();
		Set<Object> found = new HashSet<>();
		ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
		ClassVisitor renaming = new ClassRemapper(writer, new Copies(copied));
		new ClassReader(code).accept(change(renaming, mine, fields, found), 0);
		if (!found.containsAll(mine) || !found.containsAll(fields)) {
			throw new IllegalStateException("not all of these were found: " + mine + ", " + fields);
		}
		return writer.toByteArray();
	}

	/**
	 * Adds the copies to the class path: they must be of the loader and package of the
	 * originals, and Lincheck looks for them by name.
	 */
	private Class<?> load(Class<?> original, Map<String, byte[]> codes) {
		try {
			Path jar = Files.createTempFile("engine-copy", ".jar");
			jar.toFile().deleteOnExit();
			try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
				write(codes, out);
			}
			instrumentation().appendToSystemClassLoaderSearch(new JarFile(jar.toFile()));
			ClassLoader loader = original.getClassLoader();
			codes.keySet().forEach((name) -> loader.setClassAssertionStatus(className(name), !this.silent));
			return loader.loadClass(className(Type.getInternalName(original)));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (ClassNotFoundException ex) {
			throw new AssertionError(ex);
		}
	}

	private void write(Map<String, byte[]> codes, JarOutputStream out) throws IOException {
		for (Map.Entry<String, byte[]> code : codes.entrySet()) {
			out.putNextEntry(new JarEntry(copyOf(code.getKey()) + ".class"));
			out.write(code.getValue());
		}
	}

	/** By reflection, because javac warns of annotations that the agent's class lacks. */
	private static Instrumentation instrumentation() {
		try {
			Class<?> agent = Class.forName("net.bytebuddy.agent.ByteBuddyAgent");
			return (Instrumentation) agent.getMethod("install").invoke(null);
		}
		catch (ReflectiveOperationException ex) {
			throw new AssertionError(ex);
		}
	}

	private String className(String original) {
		return copyOf(original).replace('/', '.');
	}

	private String copyOf(String name) {
		List<Object> key = List.of(List.copyOf(this.changes), List.copyOf(this.plainFields), this.silent);
		String prefix = PREFIXES.computeIfAbsent(key, (absent) -> "Copy" + PREFIXES.size());
		return PACKAGE + prefix + name.substring(PACKAGE.length());
	}

	private static ClassVisitor change(ClassVisitor next, List<Change> changes, List<PlainField> plainFields,
			Set<Object> found) {
		return new ClassVisitor(Opcodes.ASM9, next) {

			@Override
			public FieldVisitor visitField(int access, String name, String descriptor, String signature, Object value) {
				boolean plain = plainFields.stream().filter((field) -> field.name.equals(name)).anyMatch(found::add);
				int kept = plain ? access & ~(Opcodes.ACC_VOLATILE | Opcodes.ACC_FINAL) : access;
				return super.visitField(kept, name, descriptor, signature, value);
			}

			@Override
			public MethodVisitor visitMethod(int access, String name, String descriptor, String signature,
					String[] exceptions) {
				MethodVisitor result = super.visitMethod(access, name, descriptor, signature, exceptions);
				for (Change change : changes) {
					if (change.method.equals(name)) {
						result = change.in(result, found);
					}
				}
				return result;
			}

		};
	}

	/** Gives the copies their names. */
	private final class Copies extends Remapper {

		private final Set<String> names;

		private Copies(Set<String> names) {
			super(Opcodes.ASM9);
			this.names = names;
		}

		@Override
		public String map(String internalName) {
			return this.names.contains(internalName) ? copyOf(internalName) : internalName;
		}

	}

	private record PlainField(String type, String name) {

	}

	/** In a method, each call of another one becomes something else. */
	private record Change(String type, String method, String call, int instead, String steps) {

		MethodVisitor in(MethodVisitor next, Set<Object> found) {
			return new MethodVisitor(Opcodes.ASM9, next) {

				@Override
				public void visitMethodInsn(int opcode, String owner, String name, String descriptor,
						boolean isInterface) {
					if (!name.equals(Change.this.call)) {
						super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
						return;
					}
					found.add(Change.this);
					if (Change.this.instead == Opcodes.INVOKESTATIC) {
						tear(this.mv, owner, descriptor);
					}
					else {
						leaveOut(this.mv, opcode, descriptor);
					}
				}

			};
		}

		private void tear(MethodVisitor code, String owner, String descriptor) {
			Type[] arguments = Type.getArgumentTypes("(L" + owner + ";" + descriptor.substring(1));
			for (int i = 1; i < arguments.length; i++) {
				if (arguments[i].getSort() == Type.OBJECT) {
					arguments[i] = Type.getType(Object.class);
				}
			}
			Type result = Type.getReturnType(descriptor);
			boolean object = result.getSort() == Type.OBJECT;
			String loose = Type.getMethodDescriptor(object ? Type.getType(Object.class) : result, arguments);
			code.visitMethodInsn(Opcodes.INVOKESTATIC, this.steps, this.call, loose, false);
			if (object) {
				code.visitTypeInsn(Opcodes.CHECKCAST, result.getInternalName());
			}
		}

		private void leaveOut(MethodVisitor code, int opcode, String descriptor) {
			Type[] arguments = Type.getArgumentTypes(descriptor);
			for (int i = arguments.length - 1; i >= 0; i--) {
				code.visitInsn((arguments[i].getSize() == 2) ? Opcodes.POP2 : Opcodes.POP);
			}
			if (opcode != Opcodes.INVOKESTATIC) {
				code.visitInsn(Opcodes.POP);
			}
			switch (Type.getReturnType(descriptor).getSort()) {
				case Type.VOID -> {
				}
				case Type.OBJECT, Type.ARRAY -> code.visitInsn(Opcodes.ACONST_NULL);
				case Type.LONG -> code.visitInsn(Opcodes.LCONST_0);
				default -> code.visitInsn(this.instead);
			}
		}

	}

}

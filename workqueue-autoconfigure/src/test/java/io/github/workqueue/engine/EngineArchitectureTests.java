package io.github.workqueue.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import org.springframework.asm.ClassReader;
import org.springframework.asm.ClassVisitor;
import org.springframework.asm.MethodVisitor;
import org.springframework.asm.Opcodes;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What keeps the engine small outside and provable inside.
 */
@AnalyzeClasses(packages = "io.github.workqueue.engine", importOptions = DoNotIncludeTests.class)
class EngineArchitectureTests {

	private static final Set<String> PUBLIC = Set.of("WorkqueueEngine", "EngineSettings", "EngineSettings$Builder",
			"TimeSource", "DelayedWorkPolicy");

	private static final String PACKAGE = "io.github.workqueue.engine.";

	@ArchTest
	static final ArchRule mutableFieldsSayWhoMayTouchThem = fields().that()
		.areDeclaredInClassesThat()
		.resideInAPackage("io.github.workqueue.engine")
		.and()
		.areNotFinal()
		.and()
		.areNotStatic()
		.and()
		.areDeclaredInClassesThat()
		.areNotAnnotatedWith(PACKAGE + "Confined")
		.should()
		.beAnnotatedWith("com.google.errorprone.annotations.concurrent.GuardedBy")
		.orShould()
		.beAnnotatedWith(PACKAGE + "PoolLocked")
		.orShould()
		.beAnnotatedWith(PACKAGE + "PoolWritten")
		.orShould()
		.beAnnotatedWith(PACKAGE + "Confined")
		.orShould()
		.beAnnotatedWith(PACKAGE + "Racy")
		.because("the lock legend in package-info is worth only what every field keeps to")
		.allowEmptyShould(true);

	@ArchTest
	static final ArchRule volatileFieldsSayWhyTheRaceIsRight = fields().that()
		.haveModifier(JavaModifier.VOLATILE)
		.should()
		.beAnnotatedWith(PACKAGE + "Racy")
		.allowEmptyShould(true);

	@ArchTest
	static final ArchRule noStaticState = fields().that().areStatic().should().beFinal().allowEmptyShould(true);

	@ArchTest
	static final ArchRule oneClassReadsTheClock = noClasses().that()
		.doNotBelongToAnyOf(TimeSource.class)
		.should()
		.callMethod(System.class, "nanoTime")
		.orShould()
		.callMethod(System.class, "currentTimeMillis")
		.orShould()
		.callMethod(Thread.class, "sleep", long.class);

	@ArchTest
	static final ArchRule noMonitorWaits = noClasses().should()
		.callMethod(Object.class, "wait")
		.orShould()
		.callMethod(Object.class, "wait", long.class)
		.orShould()
		.callMethod(Object.class, "notify")
		.orShould()
		.callMethod(Object.class, "notifyAll");

	@ArchTest
	static void onlyTheFaceIsPublic(JavaClasses classes) {
		List<String> surplus = classes.stream()
			.filter(EngineArchitectureTests::isVisible)
			.map((javaClass) -> javaClass.getName().substring(PACKAGE.length()))
			.filter((name) -> !PUBLIC.contains(name))
			.toList();
		assertThat(surplus).as("public types of the engine beyond its face").isEmpty();
	}

	@ArchTest
	static void nothingIsSynchronized(JavaClasses classes) {
		List<String> offenders = classes.stream()
			.filter(EngineArchitectureTests::usesMonitors)
			.map(JavaClass::getName)
			.toList();
		assertThat(offenders).as("classes with synchronized blocks or methods").isEmpty();
	}

	private static boolean isVisible(JavaClass javaClass) {
		return javaClass.getModifiers().contains(JavaModifier.PUBLIC)
				&& javaClass.getEnclosingClass().map(EngineArchitectureTests::isVisible).orElse(true);
	}

	private static boolean usesMonitors(JavaClass javaClass) {
		MonitorDetector detector = new MonitorDetector();
		try (InputStream bytes = javaClass.getSource().orElseThrow().getUri().toURL().openStream()) {
			new ClassReader(bytes).accept(detector, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return detector.found;
	}

	private static final class MonitorDetector extends ClassVisitor {

		private boolean found;

		MonitorDetector() {
			super(Opcodes.ASM9);
		}

		@Override
		public MethodVisitor visitMethod(int access, String name, String descriptor, String signature,
				String[] exceptions) {
			this.found |= (access & Opcodes.ACC_SYNCHRONIZED) != 0;
			return new MethodVisitor(Opcodes.ASM9) {

				@Override
				public void visitInsn(int opcode) {
					MonitorDetector.this.found |= opcode == Opcodes.MONITORENTER;
				}

			};
		}

	}

}

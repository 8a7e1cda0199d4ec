package io.github.workqueue;

import java.util.Arrays;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import org.jspecify.annotations.NullMarked;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The package table: which package may know which other, and what holds in all of them.
 */
@AnalyzeClasses(packages = "io.github.workqueue", importOptions = DoNotIncludeTests.class)
class ArchitectureTests {

	private static final String ROOT = "io.github.workqueue";

	@ArchTest
	static final ArchRule rootKnowsNobody = knowsOnly("");

	@ArchTest
	static final ArchRule snapshotKnowsRoot = knowsOnly("snapshot", "");

	@ArchTest
	static final ArchRule engineKnowsRootAndSnapshot = knowsOnly("engine", "", "snapshot");

	@ArchTest
	static final ArchRule annotationKnowsRoot = knowsOnly("annotation", "");

	@ArchTest
	static final ArchRule springKnowsRootAndAnnotation = knowsOnly("spring", "", "annotation");

	@ArchTest
	static final ArchRule endpointKnowsRootAndSnapshot = knowsOnly("actuate.endpoint", "", "snapshot");

	@ArchTest
	static final ArchRule healthKnowsRootAndSnapshot = knowsOnly("health", "", "snapshot");

	@ArchTest
	static final ArchRule metricsKnowsRootAndSnapshot = knowsOnly("metrics", "", "snapshot");

	@ArchTest
	static final ArchRule durableKnowsRootAndSnapshot = knowsOnly("durable", "", "snapshot");

	@ArchTest
	static final ArchRule testKnowsRoot = knowsOnly("test", "");

	@ArchTest
	static final ArchRule everyClassIsInThePackageTable = classes().should()
		.resideInAnyPackage(packages("", "snapshot", "engine", "annotation", "spring", "actuate.endpoint", "health",
				"metrics", "durable", "test", "autoconfigure"))
		.orShould()
		.resideInAPackage(ROOT + ".autoconfigure..");

	@ArchTest
	static final ArchRule vocabularyAndEngineNeedOnlyTheJdk = classes().that()
		.resideInAnyPackage(packages("", "snapshot", "engine"))
		.should()
		.onlyDependOnClassesThat()
		.resideInAnyPackage(ROOT, ROOT + ".snapshot", ROOT + ".engine", "java..", "jdk.jfr..", "org.jspecify..",
				"com.google.errorprone.annotations..");

	@ArchTest
	static final ArchRule packagesAreFreeOfCycles = slices().assignedFrom(new ByPackage()).should().beFreeOfCycles();

	@ArchTest
	static final ArchRule noStandardStreams = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

	@ArchTest
	static final ArchRule noJavaUtilLogging = NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

	@ArchTest
	static final ArchRule noFieldInjection = NO_CLASSES_SHOULD_USE_FIELD_INJECTION;

	/** Who uses another type of that package will be sorry after the next release. */
	@ArchTest
	static void publicTypesOfSpringAreTheUsersOrMarked(JavaClasses classes) {
		Stream<String> unmarked = classes.stream()
			.filter((type) -> type.getPackageName().equals(ROOT + ".spring") && type.isTopLevelClass())
			.filter((type) -> type.getModifiers().contains(JavaModifier.PUBLIC))
			.filter((type) -> !type.isAnnotatedWith(ROOT + ".spring.Internal"))
			.map(JavaClass::getSimpleName);
		assertThat(unmarked).containsExactlyInAnyOrder("WorkqueueConfigurer", "WorkqueueSpecCustomizer",
				"WorkqueueMistakesException", "WorkObservationConvention", "DefaultWorkObservationConvention",
				"WorkObservationContext");
	}

	@ArchTest
	static void packagesAreNullMarked(JavaClasses classes) {
		Stream<JavaPackage> unmarked = classes.stream()
			.map(JavaClass::getPackage)
			.distinct()
			.filter((javaPackage) -> !javaPackage.isAnnotatedWith(NullMarked.class));
		assertThat(unmarked).as("packages without a @NullMarked package-info").isEmpty();
	}

	private static ArchRule knowsOnly(String name, String... others) {
		DescribedPredicate<JavaClass> ours = resideInAPackage(ROOT + "..");
		DescribedPredicate<JavaClass> allowed = resideInAnyPackage(packages(others))
			.or(resideInAnyPackage(packages(name)));
		return noClasses().that()
			.resideInAnyPackage(packages(name))
			.should()
			.dependOnClassesThat(ours.and(DescribedPredicate.not(allowed)))
			.allowEmptyShould(true);
	}

	private static String[] packages(String... names) {
		return Arrays.stream(names).map((name) -> name.isEmpty() ? ROOT : ROOT + "." + name).toArray(String[]::new);
	}

	private static final class ByPackage implements SliceAssignment {

		@Override
		public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
			return SliceIdentifier.of(javaClass.getPackageName());
		}

		@Override
		public String getDescription() {
			return "packages";
		}

	}

}

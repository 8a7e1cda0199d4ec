package io.github.workqueue.spring;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.expression.Expression;
import org.springframework.expression.ParseException;
import org.springframework.expression.spel.SpelNode;
import org.springframework.expression.spel.ast.VariableReference;
import org.springframework.expression.spel.standard.SpelExpression;
import org.springframework.expression.spel.standard.SpelExpressionParser;
import org.springframework.expression.spel.support.StandardEvaluationContext;

/**
 * Computes from an argument the value by which requests are merged. The argument is the
 * root object and a variable of the parameter's name, {@code a0} and {@code p0}.
 */
final class KeyExpression {

	private final Expression expression;

	private final List<String> variables;

	private KeyExpression(Expression expression, List<String> variables) {
		this.expression = expression;
		this.variables = variables;
	}

	static KeyExpression parse(String text, @Nullable String parameter) {
		List<String> variables = new ArrayList<>(List.of("a0", "p0"));
		if (parameter != null) {
			variables.add(parameter);
		}
		SpelExpression expression = parse(text);
		requireKnown(expression.getAST(), variables);
		return new KeyExpression(expression, variables);
	}

	private static SpelExpression parse(String text) {
		try {
			return new SpelExpressionParser().parseRaw(text);
		}
		catch (ParseException ex) {
			throw new IllegalArgumentException(ex.getSimpleMessage(), ex);
		}
	}

	private static void requireKnown(@Nullable SpelNode node, List<String> variables) {
		if (node == null) {
			return;
		}
		if (node instanceof VariableReference) {
			String name = node.toStringAST().substring(1);
			if (!variables.contains(name) && !name.equals("root") && !name.equals("this")) {
				throw new IllegalArgumentException(
						"there is no variable '#" + name + "', only #root and #" + String.join(", #", variables));
			}
		}
		for (int i = 0; i < node.getChildCount(); i++) {
			requireKnown(node.getChild(i), variables);
		}
	}

	/**
	 * Evaluates the expression.
	 * @throws IllegalArgumentException if the value is null
	 */
	Object valueOf(Object argument) {
		StandardEvaluationContext context = new StandardEvaluationContext(argument);
		this.variables.forEach((name) -> context.setVariable(name, argument));
		Object value = this.expression.getValue(context);
		if (value == null) {
			throw new IllegalArgumentException(
					"key '" + this.expression.getExpressionString() + "' is null for " + argument);
		}
		return value;
	}

}

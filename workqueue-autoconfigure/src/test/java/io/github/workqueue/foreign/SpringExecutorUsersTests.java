package io.github.workqueue.foreign;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import io.github.workqueue.Workqueues;
import io.github.workqueue.autoconfigure.WorkqueueAutoConfiguration;
import jakarta.servlet.DispatcherType;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.SimpleApplicationEventMulticaster;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.core.task.TaskRejectedException;
import org.springframework.http.HttpStatus;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.MvcResult;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.context.request.async.WebAsyncUtils;
import org.springframework.web.servlet.config.annotation.AsyncSupportConfigurer;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.asyncDispatch;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

/**
 * Parts of Spring that are given an executor, given that of a queue.
 */
class SpringExecutorUsersTests {

	private final WebApplicationContextRunner web = new WebApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(WorkqueueAutoConfiguration.class))
		.withPropertyValues(SpringRunner.properties())
		.withUserConfiguration(Mvc.class);

	@Test
	void mvcRunsCallablesOnTheQueue() {
		this.web.run((context) -> assertAnswer(context, "/callable", "journal.executor"));
	}

	@Test
	void mvcWritesStreamsOnTheQueue() {
		this.web.run((context) -> assertAnswer(context, "/stream", "journal.executor"));
	}

	@Test
	void mvcAnswersWhatACallableThrows() {
		this.web.run((context) -> {
			MockMvc mvc = mvc(context);
			MvcResult started = mvc.perform(get("/failing")).andReturn();
			started.getAsyncResult(ForeignEngine.PATIENCE.toMillis());
			mvc.perform(asyncDispatch(started)).andExpect(status().isBadRequest());
			assertThat(SpringRunner.failed(context, "journal")).isZero();
		});
	}

	@Test
	void mvcAnswersARequestThatTheQueueRefuses() {
		CountDownLatch mayEnd = new CountDownLatch(1);
		this.web.run((context) -> {
			SpringRunner.fill(SpringRunner.executor(context, "journal"), mayEnd);
			MockMvc mvc = mvc(context);
			try {
				MvcResult refused = mvc.perform(get("/callable")).andReturn();
				assertThat(WebAsyncUtils.getAsyncManager(refused.getRequest()).getConcurrentResult())
					.isInstanceOf(TaskRejectedException.class);
				mvc.perform((servletContext) -> dispatched(refused)).andExpect(status().isServiceUnavailable());
			}
			finally {
				mayEnd.countDown();
			}
		});
	}

	@Test
	void eventsAreHandledOnTheQueueAndByTheirPublisherWhenItIsGone() {
		SpringRunner.runner().run((context) -> {
			List<Thread> threads = new CopyOnWriteArrayList<>();
			SimpleApplicationEventMulticaster events = new SimpleApplicationEventMulticaster();
			events.setTaskExecutor(SpringRunner.executor(context, "journal"));
			events.addApplicationListener(listener(threads));
			events.multicastEvent(new PayloadApplicationEvent<>(this, "one"));
			SpringRunner.queue(context, "journal").destroy();
			assertThat(threads).hasSize(1).doesNotContain(Thread.currentThread());
			events.multicastEvent(new PayloadApplicationEvent<>(this, "two"));
			assertThat(threads).hasSize(2).last().isEqualTo(Thread.currentThread());
		});
	}

	private static ApplicationListener<PayloadApplicationEvent<String>> listener(List<Thread> threads) {
		return (event) -> threads.add(Thread.currentThread());
	}

	private static void assertAnswer(WebApplicationContext context, String path, String expected) throws Exception {
		MockMvc mvc = mvc(context);
		MvcResult started = mvc.perform(get(path)).andReturn();
		started.getAsyncResult(ForeignEngine.PATIENCE.toMillis());
		mvc.perform(asyncDispatch(started)).andExpect(status().isOk()).andExpect(content().string(expected));
	}

	/** As a container would; {@code asyncDispatch} only knows tasks that have begun. */
	private static MockHttpServletRequest dispatched(MvcResult started) {
		MockHttpServletRequest request = started.getRequest();
		request.setDispatcherType(DispatcherType.ASYNC);
		request.setAsyncStarted(false);
		return request;
	}

	private static MockMvc mvc(WebApplicationContext context) {
		return MockMvcBuilders.webAppContextSetup(context).build();
	}

	@EnableWebMvc
	@Import(Controller.class)
	static class Mvc implements WebMvcConfigurer {

		private final AsyncTaskExecutor executor;

		Mvc(@Qualifier("journal") AsyncTaskExecutor executor) {
			this.executor = executor;
		}

		@Override
		public void configureAsyncSupport(AsyncSupportConfigurer configurer) {
			configurer.setTaskExecutor(this.executor).setDefaultTimeout(ForeignEngine.PATIENCE.toMillis());
		}

	}

	@RestController
	static class Controller {

		private final Workqueues workqueues;

		Controller(Workqueues workqueues) {
			this.workqueues = workqueues;
		}

		@GetMapping("/callable")
		Callable<String> callable() {
			return this::work;
		}

		@GetMapping("/stream")
		StreamingResponseBody stream() {
			return (body) -> body.write(work().getBytes(StandardCharsets.UTF_8));
		}

		@GetMapping("/failing")
		Callable<String> failing() {
			return () -> {
				throw new IllegalStateException("on purpose");
			};
		}

		@ExceptionHandler(IllegalStateException.class)
		@ResponseStatus(HttpStatus.BAD_REQUEST)
		void failed() {
		}

		@ExceptionHandler(TaskRejectedException.class)
		@ResponseStatus(HttpStatus.SERVICE_UNAVAILABLE)
		void busy() {
		}

		private String work() {
			return this.workqueues.current().orElseThrow().name();
		}

	}

}

/**
 * Binds annotated methods to work items and ties the engine to the life of the context.
 * <p>
 * Applications use {@link io.github.workqueue.spring.WorkqueueConfigurer},
 * {@link io.github.workqueue.spring.WorkqueueSpecCustomizer},
 * {@link io.github.workqueue.spring.WorkqueueTaskExecutor},
 * {@link io.github.workqueue.spring.WorkObservationConvention} with its context, and see
 * {@link io.github.workqueue.spring.WorkqueueMistakesException}. What else is public
 * carries {@code @Internal}: it is for the auto-configuration and may change.
 *
 * <h2>The map</h2>
 * <table>
 * <caption>Which class is for what; in bold where to begin</caption>
 * <tr>
 * <td>beans</td>
 * <td><b>WorkqueueBeans</b> defines them: QueueBeans, HandlerBeans, RuntimeDefinition,
 * BeanDefinitionView, FinishedBeanCheck, WorkqueueConfiguration, ConfiguredQueue</td>
 * </tr>
 * <tr>
 * <td>reading</td>
 * <td><b>HandlerScan</b> finds handlers, HandlerReader reads one: AnnotatedMethod,
 * HandlerAttributes, HandlerShape, HandlerNames, HandlerCandidate, <b>HandlerSpec</b>
 * (the result), KeyExpression, KeyTypes, KeyHints, Backoff, PropertyPlaceholders;
 * Mistake, Suggestion</td>
 * </tr>
 * <tr>
 * <td>handlers</td>
 * <td><b>HandlerWork</b>: HandlerWorkItem, HandlerDelayedWorkItem; HandlerKeys:
 * HandlerKeyedWork with LatestArguments and Arguments, HandlerBatchWork with BatchKeys
 * and BatchEntry; HandlerInvoker and Callee call the method</td>
 * </tr>
 * <tr>
 * <td>requests</td>
 * <td><b>Enqueuer</b>, AfterCommitEnqueuer, HookedEnqueuer, RequestHook,
 * TransactionRequests, KeyedRequest, Delays, AcceptedRequest</td>
 * </tr>
 * <tr>
 * <td>executions</td>
 * <td><b>Attempt</b>, ContextInterceptor (items without an annotation), TaskDecorators,
 * DecoratedCall, ExecutionObserver, FailureReports</td>
 * </tr>
 * <tr>
 * <td>durable</td>
 * <td><b>DurableHandler</b>, DurableHandlerItem, DurableHandlerKeyedWork, DurableBatches,
 * DurableRequests, DurableRuns, DurableWorkqueue, DurableBackend, DurableCheck</td>
 * </tr>
 * <tr>
 * <td>programs</td>
 * <td><b>WorkqueueConfigurer</b>, WorkqueueSpecCustomizer, WorkqueueTaskExecutor,
 * WorkqueueMistakesException</td>
 * </tr>
 * <tr>
 * <td>observing</td>
 * <td>ObservationExecutionObserver, WorkObservationContext, WorkObservationConvention,
 * DefaultWorkObservationConvention</td>
 * </tr>
 * <tr>
 * <td>life</td>
 * <td><b>WorkqueueLifecycle</b>, WorkSupport, EngineControl; the mark Internal</td>
 * </tr>
 * </table>
 */
@NullMarked
package io.github.workqueue.spring;

import org.jspecify.annotations.NullMarked;

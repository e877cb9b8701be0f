using System.Diagnostics;
using Cake.Core;

namespace NaturalThoughts.Build.Cake;

/// <summary>
/// Runs a Cake task by awaiting its <see cref="HostTask"/>. Failures become outcomes, so that independent tasks go on; a task that
/// was not needed again is <see cref="TaskStatus.Cached"/>, which Cake itself cannot express (a target skipped by a criteria is an error).
/// </summary>
internal sealed class PipelineStrategy(
    IExecutionStrategy inner,
    IReadOnlyDictionary<string, HostTask> tasks,
    CancellationToken cancellation) : IExecutionStrategy
{
    private readonly List<(string Task, TaskOutcome Outcome)> _outcomes = [];

    /// <summary>Outcomes in the order in which the tasks ended.</summary>
    public IReadOnlyList<(string Task, TaskOutcome Outcome)> Outcomes => _outcomes;

    /// <inheritdoc />
    public async Task ExecuteAsync(CakeTask task, ICakeContext context)
    {
        cancellation.ThrowIfCancellationRequested();
        _outcomes.Add((task.Name, await tasks[task.Name].Run(cancellation)));
    }

    /// <inheritdoc />
    public void PerformSetup(Action<ISetupContext> action, ISetupContext context) => inner.PerformSetup(action, context);

    /// <inheritdoc />
    public void PerformTeardown(Action<ITeardownContext> action, ITeardownContext teardownContext) => inner.PerformTeardown(action, teardownContext);

    /// <inheritdoc />
    public void Skip(CakeTask task, CakeTaskCriteria criteria) =>
        throw new UnreachableException("No task of this host has a criteria.");

    /// <inheritdoc />
    public Task ReportErrorsAsync(Func<Exception, Task> action, Exception exception) => inner.ReportErrorsAsync(action, exception);

    /// <inheritdoc />
    public Task HandleErrorsAsync(Func<Exception, ICakeContext, Task> action, Exception exception, ICakeContext context) =>
        inner.HandleErrorsAsync(action, exception, context);

    /// <inheritdoc />
    public Task InvokeFinallyAsync(Func<ICakeContext, Task> action, ICakeContext context) => inner.InvokeFinallyAsync(action, context);

    /// <inheritdoc />
    public void PerformTaskSetup(Action<ITaskSetupContext> action, ITaskSetupContext taskSetupContext) =>
        inner.PerformTaskSetup(action, taskSetupContext);

    /// <inheritdoc />
    public void PerformTaskTeardown(Action<ITaskTeardownContext> action, ITaskTeardownContext taskTeardownContext) =>
        inner.PerformTaskTeardown(action, taskTeardownContext);
}

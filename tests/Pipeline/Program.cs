using NaturalThoughts.Pipeline.Execution;
using NaturalThoughts.Pipeline.Tests.Execution;

// Started as a program, this assembly is the worker of its own tests.
return args is ["worker"] ? WorkerHost.Run(WorkerStages.Catalog) : 2;

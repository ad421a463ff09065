using Lading.Cli;
using Lading.Cli.Docker;

// The same tool under the name that CDK_DOCKER needs, which takes a program and no arguments.
using var signals = new CancellingSignals();
return await new Application(Host.OfProcess())
    .RunAsync([DockerCommand.Name, .. args], signals.Token)
    .ConfigureAwait(false);

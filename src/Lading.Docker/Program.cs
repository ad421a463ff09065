using Lading.Cli;
using Lading.Cli.Docker;

// The same tool under a second name, for CDK_DOCKER, which takes a program without arguments.
using var signals = new CancellingSignals();
return await new Application(Host.OfProcess())
    .RunAsync([DockerCommand.Name, .. args], signals.Token)
    .ConfigureAwait(false);

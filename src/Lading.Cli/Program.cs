using Lading.Cli;
using Lading.Cli.Docker;

// CDK_DOCKER takes a program without arguments, so the name it was started under decides.
IReadOnlyList<string> words = DockerProgram.IsNamed(Environment.GetCommandLineArgs()[0])
    ? [DockerCommand.Name, .. args]
    : args;
using var signals = new CancellingSignals();
return await new Application(Host.OfProcess()).RunAsync(words, signals.Token).ConfigureAwait(false);

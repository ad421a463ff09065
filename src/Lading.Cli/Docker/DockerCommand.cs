using System.CommandLine;

namespace Lading.Cli.Docker;

/// <summary><c>lading docker</c> among the verbs, for the help: what it is given is not read as a verb's command line.</summary>
internal static class DockerCommand
{
    public const string Name = "docker";

    public static Command Create() =>
        new(
            Name,
            "Answers the CDK in Docker's place: CDK_DOCKER=lading-docker. Builds with any engine, pushes without one."
        );
}

using System.CommandLine;

namespace Lading.Cli.Docker;

/// <summary>
/// The entry of <c>lading docker</c> in the help; its arguments are parsed by <see cref="DockerProgram"/>.
/// </summary>
internal static class DockerCommand
{
    public const string Name = "docker";

    public static Command Create() =>
        new(Name, "Replaces Docker for the CDK: CDK_DOCKER=lading-docker. Builds with any engine, pushes without one.");
}

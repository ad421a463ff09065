using System.CommandLine;
using System.Reflection;

namespace Lading.Cli.Commands;

/// <summary><c>lading version</c>.</summary>
internal static class VersionCommand
{
    public static Command Create(VerbContext context)
    {
        var command = new Command("version", "Prints the version of Lading.");
        context.OnRun(
            command,
            (invocation, _) =>
            {
                invocation.Terminal.Result(Version);
                return Task.FromResult(0);
            }
        );
        return command;
    }

    private static string Version =>
        typeof(VersionCommand)
            .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()
            ?.InformationalVersion
        ?? "unknown";
}

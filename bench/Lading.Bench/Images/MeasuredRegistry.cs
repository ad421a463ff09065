using System.Globalization;
using Lading.Processes;

namespace Lading.Bench.Images;

/// <summary>A registry to measure against, and how to start it.</summary>
/// <param name="Name">Its name in the results.</param>
/// <param name="Call">Starts it on a port, with its data in a folder.</param>
/// <param name="CopyFolder">The repository that copies go to, relative to that folder.</param>
internal sealed record MeasuredRegistry(string Name, Func<int, string, ProgramCall> Call, string CopyFolder)
{
    /// <summary>olareg's name in the results.</summary>
    public const string Olareg = "olareg";

    private const string Distribution = "/usr/bin/docker-registry";

    /// <summary>CNCF distribution, as Debian packages it; null if it is not on this machine.</summary>
    public static MeasuredRegistry? FindDistribution() =>
        File.Exists(Distribution)
            ? new MeasuredRegistry(
                "docker-registry",
                (port, folder) => new ProgramCall(Distribution, "serve", Configure(port, folder)),
                $"docker/registry/v2/repositories/{ImageClient.CopyRepository}"
            )
            : null;

    /// <summary>olareg, which also keeps image layouts; null if it is not on this machine.</summary>
    public static MeasuredRegistry? FindOlareg() =>
        ImageClient.FindProgram(Olareg) is { } program
            ? new MeasuredRegistry(
                Olareg,
                (port, folder) =>
                    new ProgramCall(
                        program,
                        "serve",
                        "--dir",
                        folder,
                        "--port",
                        port.ToString(CultureInfo.InvariantCulture)
                    ),
                ImageClient.CopyRepository
            )
            : null;

    /// <summary>The embedded registry in a process of its own.</summary>
    public static MeasuredRegistry Embedded(Workplace place) =>
        new(
            "the embedded registry",
            (port, folder) =>
                new ProgramCall(
                    place.Tool,
                    "registry",
                    "--port",
                    port.ToString(CultureInfo.InvariantCulture),
                    "--store",
                    folder
                ),
            ImageClient.CopyRepository
        );

    private static string Configure(int port, string folder)
    {
        Directory.CreateDirectory(folder);
        var file = folder + ".yml";
        File.WriteAllText(
            file,
            $$"""
            version: 0.1
            log: { level: error, accesslog: { disabled: true } }
            storage: { filesystem: { rootdirectory: {{folder}} }, delete: { enabled: true } }
            http: { addr: "127.0.0.1:{{port}}", secret: none }
            """
        );
        return file;
    }
}

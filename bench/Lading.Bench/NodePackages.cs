using Lading.Processes;

namespace Lading.Bench;

/// <summary>The packages of a folder's package-lock.json.</summary>
internal static class NodePackages
{
    /// <summary>Installs them if necessary.</summary>
    public static async Task RequireAsync(string folder, CancellationToken cancellationToken)
    {
        if (Directory.Exists(Path.Combine(folder, "node_modules")))
        {
            return;
        }

        var call = new ProgramCall("npm", "ci", "--no-audit", "--no-fund", "--loglevel=error")
        {
            WorkingDirectory = folder,
        };
        var result = await ProgramRunner.RunAsync(call, ReadOnlyMemory<byte>.Empty, cancellationToken);
        if (result.ExitCode != 0)
        {
            throw new InvalidOperationException($"{call} in {folder}: {result.Error}");
        }
    }
}

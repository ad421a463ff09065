using Lading.Layout;
using Lading.Processes;
using Xunit;

namespace Lading.Testing;

/// <summary>The real cdk-assets, in the version of <c>tests/cdk-assets</c>.</summary>
internal static class CdkAssets
{
    private static string Folder => SourceTree.PathOf("tests/cdk-assets");

    /// <summary>The call that runs it; installs it first if necessary.</summary>
    public static async Task<ProgramCall> RequireAsync(params IReadOnlyList<string> arguments)
    {
        Requires.Node();
        var cancellationToken = TestContext.Current.CancellationToken;
        var modules = Path.Combine(Folder, "node_modules");
        using (await FolderLock.TakeAsync(Path.Combine(Folder, ".lock"), cancellationToken))
        {
            if (!File.Exists(Path.Combine(modules, ".package-lock.json")))
            {
                var install = new ProgramCall("npm", "ci", "--no-audit", "--no-fund", "--loglevel=error")
                {
                    WorkingDirectory = Folder,
                };
                var result = await ProgramRunner.RunAsync(install, ReadOnlyMemory<byte>.Empty, cancellationToken);
                if (result.ExitCode != 0)
                {
                    Requires.Missing(
                        $"cdk-assets could not be installed: {result.Error.Trim()}",
                        "Check that npm works."
                    );
                }
            }
        }

        return new ProgramCall("node", [Path.Combine(modules, "cdk-assets", "bin", "cdk-assets"), .. arguments]);
    }
}

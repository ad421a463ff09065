using Lading.Aws;
using Lading.Cdk;
using Lading.Cli;
using Lading.Processes;
using Lading.Server;
using Lading.Testing;

namespace Lading.Tests.Architecture;

/// <summary>What the rules are checked against: the product's assemblies, and the files that git tracks.</summary>
internal static class Sources
{
    /// <summary>The assemblies that are shipped.</summary>
    public static IReadOnlyList<System.Reflection.Assembly> Assemblies { get; } =
    [
        typeof(LadingException).Assembly,
        typeof(AwsSession).Assembly,
        typeof(RegistryServer).Assembly,
        typeof(LadingImage).Assembly,
        typeof(Application).Assembly,
    ];

    /// <summary>The paths of tracked files, from the root; the test is skipped if there is no repository.</summary>
    public static async Task<IReadOnlyList<string>> TrackedAsync()
    {
        if (!Path.Exists(SourceTree.PathOf(".git")))
        {
            Assert.Skip("The sources are not in a git repository.");
        }

        var call = new ProgramCall("git", "-C", SourceTree.Root, "ls-files", "-z");
        var result = await ProgramRunner.RunAsync(
            call,
            ReadOnlyMemory<byte>.Empty,
            TestContext.Current.CancellationToken
        );
        Assert.True(result.ExitCode == 0, result.Error);
        return
        [
            .. result
                .Text.Split('\0', StringSplitOptions.RemoveEmptyEntries)
                .Where(path => File.Exists(SourceTree.PathOf(path))),
        ];
    }

    /// <summary>The tracked C# files, of the product and of everything beside it.</summary>
    public static async Task<IReadOnlyList<string>> CodeAsync() =>
        [.. (await TrackedAsync()).Where(path => path.EndsWith(".cs", StringComparison.Ordinal))];
}

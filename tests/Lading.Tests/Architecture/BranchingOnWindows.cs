using System.Text.RegularExpressions;
using Lading.Testing;

namespace Lading.Tests.Architecture;

/// <summary>
/// Anything that differs on Windows is either a decision that takes the system as a parameter, with a test of Windows'
/// side on every system; or a call that only one of the systems has, listed here with the reason.
/// </summary>
public sealed partial class BranchingOnWindows
{
    private const string NoModes = "Windows has no modes of files: it leaves out a call that it does not have.";

    /// <summary>
    /// Files that decide by the system, and the test of Windows' side. Each asks for the system once and passes it on.
    /// </summary>
    private static readonly Dictionary<string, string> Decisions = new(StringComparer.Ordinal)
    {
        ["Lading.Aws/Credentials/ProgramKeys.cs"] = "Aws/SplittingACredentialProcess.cs",
        ["Lading.Cli/Docker/DockerFolders.cs"] = "Commands/KeepingStateOnWindows.cs",
        ["Lading.Core/Assembly/LayerPlan.cs"] = "Assembly/AssemblingOnWindows.cs",
        ["Lading.Core/Assembly/SourceCheckout.cs"] = "Assembly/AssemblingOnWindows.cs",
        ["Lading.Core/Assembly/SourceCommand.cs"] = "Assembly/AssemblingOnWindows.cs",
        ["Lading.Core/Deploying/AppCommand.cs"] = "Deploying/ReadingOptionsForCdk.cs",
        ["Lading.Core/Deploying/CdkProgram.cs"] = "Deploying/FindingCdk.cs",
        ["Lading.Core/Git/CheckoutPath.cs"] = "Git/RefusingPaths.cs",
        ["Lading.Core/Launching/CdkContext.cs"] = "Launching/HandingImagesOver.cs",
        ["Lading.Core/Layout/FolderLock.cs"] = "Layout/TakingTheLock.cs",
        ["Lading.Core/Processes/ProgramPath.cs"] = "Processes/FindingAProgram.cs",
        ["Lading.Core/StateFolder.cs"] = "Commands/KeepingStateOnWindows.cs",
    };

    /// <summary>Files whose branches only Windows itself can exercise: how many, and why.</summary>
    private static readonly Dictionary<string, (int Branches, string Why)> OnWindowsAlone = new(StringComparer.Ordinal)
    {
        ["Lading.Cli/Docker/ContextCopy.cs"] = (2, NoModes),
        ["Lading.Core/Configuration/UserFile.cs"] = (1, NoModes),
        ["Lading.Core/Context/CleanCheckout.cs"] = (3, NoModes),
        ["Lading.Core/PrivateFile.cs"] = (3, NoModes),
        ["Lading.Core/Layout/FolderFlush.cs"] = (1, "A folder cannot be flushed there."),
        ["Lading.Core/Layout/HardLink.cs"] = (1, "Each system has a call of its own for a second name of a file."),
        ["Lading.Core/Layout/LayoutStore.cs"] = (1, "A folder in which a file is open cannot be moved there."),
        ["Lading.Core/Processes/Ancestors.cs"] = (1, "The system does not tell what started a program."),
        ["Lading.Core/Processes/AttachedProgram.cs"] = (2, "It has no signals."),
        ["Lading.Core/Processes/RunningProgram.cs"] = (2, "It has no signals."),
    };

    [Fact]
    public async Task Each_branch_has_a_test_or_a_reason()
    {
        var found = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (
            var path in (await Sources.CodeAsync()).Where(path => path.StartsWith("src/", StringComparison.Ordinal))
        )
        {
            var code = await File.ReadAllTextAsync(SourceTree.PathOf(path), TestContext.Current.CancellationToken);
            if (Branches().Count(code) is > 0 and var count)
            {
                found[path["src/".Length..]] = count;
            }
        }

        var listed = Decisions
            .Keys.Select(path => KeyValuePair.Create(path, 1))
            .Concat(OnWindowsAlone.Select(each => KeyValuePair.Create(each.Key, each.Value.Branches)));
        Assert.Equal(listed.OrderBy(each => each.Key, StringComparer.Ordinal), found);
    }

    [Fact]
    public void The_test_of_each_decision_covers_Windows()
    {
        var without = Decisions.Values.Where(test =>
            !WindowsSide().IsMatch(File.ReadAllText(SourceTree.PathOf($"tests/Lading.Tests/{test}")))
        );

        Assert.Empty(without);
    }

    [GeneratedRegex(
        @"\bIsWindows\(\)|\bIsOSPlatform(OrLater)?\(|\bPlatformID\.|\bIsWindowsVersionAtLeast\(",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 60_000
    )]
    private static partial Regex Branches();

    [GeneratedRegex(@"\bisWindows\b|HasModes = false", RegexOptions.None, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex WindowsSide();
}

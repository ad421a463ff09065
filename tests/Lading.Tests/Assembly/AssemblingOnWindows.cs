using Lading.Assembly;
using Lading.Testing;

namespace Lading.Tests.Assembly;

/// <summary>An assembled image shows nothing of the file system that its sources are on.</summary>
public sealed class AssemblingOnWindows : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(@"..\lib\tool", true, "../lib/tool")]
    [InlineData(@"..\lib\tool", false, @"..\lib\tool")]
    public void A_link_has_the_slashes_of_Linux(string link, bool isWindows, string expected) =>
        Assert.Equal(expected, LayerPlan.LinkIn(link, isWindows));

    [Fact]
    public void Git_says_which_files_are_executable_if_the_system_has_no_modes()
    {
        var sources = new SourceCheckout(folder.Path, folder.Path)
        {
            HasModes = false,
            Executables = new HashSet<string>(StringComparer.Ordinal) { folder.Combine("run") },
        };

        Assert.True(sources.IsExecutable(folder.Combine("run")));
        Assert.False(sources.IsExecutable(folder.Combine("README")));
    }

    [Fact]
    public void The_command_is_passed_to_cmd_unchanged()
    {
        var call = SourceCommand.Shell("npm ci && npm run \"build all\"", isWindows: true);

        Assert.Equal("cmd.exe", call.Program);
        Assert.Equal("/d /s /c \"npm ci && npm run \"build all\"\"", call.CommandLine);
    }
}

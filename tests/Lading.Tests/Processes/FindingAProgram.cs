using Lading.Processes;
using Lading.Testing;

namespace Lading.Tests.Processes;

public sealed class FindingAProgram : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("podman.exe")]
    [InlineData("podman.cmd")]
    [InlineData("podman.bat")]
    public void Finds_a_program_by_its_name_without_the_extension_on_Windows(string file)
    {
        File.WriteAllText(folder.Combine(file), "");

        Assert.Equal(folder.Combine(file), ProgramPath.Find("podman", folder.Path, isWindows: true));
        Assert.Null(ProgramPath.Find("podman", folder.Path, isWindows: false));
    }

    [Fact]
    public void On_Windows_a_program_takes_precedence_over_a_script_in_its_folder()
    {
        File.WriteAllText(folder.Combine("podman.cmd"), "");
        File.WriteAllText(folder.Combine("podman.exe"), "");

        Assert.Equal(folder.Combine("podman.exe"), ProgramPath.Find("podman", folder.Path, isWindows: true));
    }
}

using Lading.Cli;
using Lading.Cli.Commands;
using Lading.Cli.Docker;

namespace Lading.Tests.Commands;

public sealed class KeepingStateOnWindows
{
    private const string Local = @"C:\Users\ada\AppData\Local";

    [Fact]
    public void State_and_images_are_in_the_local_folder_of_the_users_profile()
    {
        var host = HostWith(("LOCALAPPDATA", Local), ("XDG_STATE_HOME", "/state"), ("XDG_CACHE_HOME", "/cache"));

        Assert.Equal(Path.Combine(Local, "lading"), StateFolder.Find(host.Variable, isWindows: true));
        Assert.Equal(Path.Combine(Local, "lading", "docker"), DockerFolders.Of(host, isWindows: true).Root);
        Assert.Equal(Path.Combine(Local, "lading", "docker", "logins"), DockerFolders.Of(host, isWindows: true).Logins);
    }

    [Fact]
    public void On_other_systems_that_folder_does_not_count()
    {
        var host = HostWith(("LOCALAPPDATA", Local), ("XDG_STATE_HOME", "/state"), ("XDG_CACHE_HOME", "/cache"));

        Assert.Equal(Path.Combine("/state", "lading"), StateFolder.Find(host.Variable, isWindows: false));
        Assert.Equal(Path.Combine("/cache", "lading", "docker"), DockerFolders.Of(host, isWindows: false).Root);
    }

    [Fact]
    public void A_service_without_a_profile_keeps_no_state() =>
        Assert.Null(StateFolder.Find(HostWith(("HOME", "/home/you")).Variable, isWindows: true));

    private static Host HostWith(params (string Name, string Value)[] variables) =>
        new()
        {
            Out = TextWriter.Null,
            Error = TextWriter.Null,
            In = TextReader.Null,
            Environment = variables.ToDictionary(
                variable => variable.Name,
                variable => variable.Value,
                StringComparer.Ordinal
            ),
            WorkingDirectory = Path.GetTempPath(),
        };
}

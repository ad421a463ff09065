using Lading.Locks;

namespace Lading.Tests.Cdk;

public sealed class LookingForALock : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("lading-locks-").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public void The_locks_are_in_a_folder_beside_lading_json()
    {
        Touch(".lading/prod.lock.json", ".lading/dev.lock.json", ".lading/notes.json", ".lading/dev.lock.json.tmp");

        var location = Of(null);

        Assert.Equal(Path.Combine(root, ".lading", "dev.lock.json"), location.For("dev"));
        Assert.Equal(["dev", "prod"], location.Environments());
    }

    [Fact]
    public void A_named_file_is_for_every_environment()
    {
        var location = Of("pins/all.json");

        Assert.Equal(Path.Combine(root, "infra", "pins", "all.json"), location.For("dev"));
        Assert.Equal(location.For("dev"), location.For("prod"));
        Assert.Empty(location.Environments());
    }

    [Fact]
    public void A_named_folder_has_one_for_each_environment()
    {
        Touch("infra/pins/dev.lock.json");

        var location = Of("pins");

        Assert.Equal(Path.Combine(root, "infra", "pins", "dev.lock.json"), location.For("dev"));
        Assert.Equal(["dev"], location.Environments());
    }

    [Fact]
    public void Without_a_folder_there_is_no_lock()
    {
        Assert.Empty(Of(null).Environments());
    }

    private LockLocation Of(string? named) => LockLocation.Of(root, Path.Combine(root, "infra"), named);

    private void Touch(params string[] paths)
    {
        foreach (var path in paths.Select(path => Path.Combine(root, path)))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, "");
        }
    }
}

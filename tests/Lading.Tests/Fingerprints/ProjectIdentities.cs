using Lading.Configuration;
using Lading.Fingerprints;
using Lading.Testing;

namespace Lading.Tests.Fingerprints;

/// <summary>The identities of a project in a test repository.</summary>
internal static class ProjectIdentities
{
    /// <summary>Fingerprints by image name.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> FingerprintsAsync(
        this TestRepository repository,
        string folder = "",
        bool uncommitted = false,
        string? revision = null
    )
    {
        var images = await repository.IdentitiesAsync(folder, uncommitted, revision);
        return images.ToDictionary(image => image.Name, image => image.Fingerprint.Hex);
    }

    /// <summary>Identities, sorted by image name.</summary>
    public static async Task<IReadOnlyList<ImageIdentity>> IdentitiesAsync(
        this TestRepository repository,
        string folder = "",
        bool uncommitted = false,
        string? revision = null
    )
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var file = ConfigurationFile.Get(Path.Combine(repository.Folder, folder));
        var project = new ProjectFolder(file.Folder, await file.ReadAsync(cancellationToken));
        using var scratch = new TestFolder();
        await using var sources = await ProjectSnapshot.OpenAsync(
            project,
            new SnapshotRequest([], revision, uncommitted),
            scratch.Combine("objects"),
            cancellationToken
        );
        return sources.Images;
    }

    /// <summary>Opens the project with its remembered identities.</summary>
    /// <param name="repository">The repository, with the project at its root.</param>
    /// <param name="stateFolder">The folder of the user's key; null to remember nothing.</param>
    /// <param name="revision">Null for <c>HEAD</c> and the working tree.</param>
    /// <param name="images">Empty for all.</param>
    public static async Task<ProjectSnapshot> OpenSourcesAsync(
        this TestRepository repository,
        string? stateFolder,
        string? revision = null,
        params IReadOnlyList<string> images
    )
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var file = ConfigurationFile.Get(repository.Folder);
        var project = new ProjectFolder(file.Folder, await file.ReadAsync(cancellationToken));
        var scratch = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        var request = new SnapshotRequest(images, revision) { StateFolder = stateFolder };
        return await ProjectSnapshot.OpenAsync(project, request, scratch, cancellationToken);
    }
}

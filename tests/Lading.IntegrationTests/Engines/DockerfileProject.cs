using Lading.IntegrationTests.Publishing;
using Lading.Layout;
using Lading.Locks;
using Lading.Oci;
using Lading.Testing;

namespace Lading.IntegrationTests.Engines;

/// <summary>A project of one image, <c>app</c>, that is built from a Dockerfile into the embedded registry.</summary>
internal sealed class DockerfileProject : IDisposable
{
    private DockerfileProject(TestRepository repository) => Repository = repository;

    public TestRepository Repository { get; }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <param name="dockerfile">The text of <c>src/Dockerfile</c>.</param>
    /// <param name="more">Further keys of the image, each with a comma in front.</param>
    public static async Task<DockerfileProject> CreateAsync(string dockerfile, string more = "")
    {
        var repository = await TestRepository.CreateAsync();
        repository
            .Write(".gitignore", ".lading/\n")
            .Write("src/Dockerfile", dockerfile)
            .Write("src/greeting.txt", "hello\n")
            .Write("lading.json", $$"""{ "project": "shop", "images": { "app": { "context": "src"{{more}} } } }""");
        await repository.CommitAsync("An app");
        return new DockerfileProject(repository);
    }

    /// <summary>Runs <c>publish</c> in this process.</summary>
    public Task<ToolRun> PublishAsync(params IReadOnlyList<string> arguments) =>
        ToolRun.InAsync(Repository.Folder, ["publish", "--output", "json", .. arguments]);

    /// <summary>What a successful run says about the image.</summary>
    public static PublishedImageJson Of(ToolRun run) => PublishedImageJson.Parse(run.Succeeded().Out)["app"];

    /// <summary>What the lock says about it.</summary>
    public LockedImage Locked => LockFile.Read(LockPath.For(Repository.Folder, "local")).Images["app"];

    public ImageLayout Published =>
        new LayoutStore(Path.Combine(Repository.Folder, ".lading", "registry")).Open(RepositoryName.Parse("shop/app"));

    /// <summary>The files of the image in the lock, which must be complete.</summary>
    public async Task<IReadOnlyDictionary<string, string>> ReadFilesAsync()
    {
        await VerifiedTags.VerifyAsync(Published, Cancelled);
        return await ImageFiles.ReadAsync(Published, Locked.Digest, Cancelled);
    }

    public void Dispose() => Repository.Dispose();
}

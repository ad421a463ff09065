using Lading.Locks;
using Lading.Oci;
using Lading.Processes;
using Lading.Testing;

namespace Lading.IntegrationTests.Publishing;

/// <summary>
/// A project of two assembled images in its own git repository: <c>web</c> copies files, <c>site</c> runs a command,
/// which counts its runs. The environment <c>shared</c> is in a registry that clones share.
/// </summary>
internal sealed class SmallProject : IDisposable
{
    private readonly TestFolder outside;
    private readonly bool isClone;

    private SmallProject(TestRepository repository, TestFolder outside, bool isClone)
    {
        Repository = repository;
        this.outside = outside;
        this.isClone = isClone;
    }

    public TestRepository Repository { get; }

    /// <summary>Where the embedded registry of <c>local</c> keeps its layouts.</summary>
    public string Store => Path.Combine(Repository.Folder, ".lading", "registry");

    /// <summary>How often the command of <c>site</c> ran, in this project and its clones.</summary>
    public int Runs => File.Exists(Counter) ? File.ReadAllLines(Counter).Length : 0;

    private string Counter => CounterIn(outside);

    /// <param name="host">The registry of <c>shared</c>; null for one that nobody can reach.</param>
    /// <param name="more">Further keys of <c>lading.json</c>, each followed by a comma.</param>
    public static async Task<SmallProject> CreateAsync(string? host = null, string more = "")
    {
        var outside = new TestFolder();
        var project = new SmallProject(await TestRepository.CreateAsync(), outside, isClone: false);
        project
            .Repository.Write(".gitignore", ".lading/\n")
            .Write("README.md", "A shop.\n")
            .Write("src/web/index.html", "<h1>Shop</h1>\n")
            .Write("src/web/style/shop.css", "h1 { color: navy }\n")
            .Write("src/site/page.txt", "shipping is free\n")
            .Write(
                "lading.json",
                $$"""
                {
                  "project": "shop",
                  {{more}}
                  "images": {
                    "web": { "assemble": { "base": "scratch", "copy": { "src/web/": "/srv/" }, "cmd": ["/srv/serve"] } },
                    "site": {
                      "assemble": {
                        "base": "scratch",
                        "sources": ["src/site/"],
                        "run": "echo ran >> {{CounterIn(
                    outside
                )}} && mkdir dist && tr a-z A-Z < src/site/page.txt > dist/page.txt",
                        "copy": { "dist/": "/srv/" }
                      }
                    }
                  },
                  "environments": {
                    "shared": { "registry": "{{host ?? "127.0.0.1:1"}}" },
                    "stage": { "registry": "embedded", "promoteFrom": "local" },
                    "cloud": { "account": "111111111111", "region": "eu-central-1" }
                  }
                }

                """
            );
        await project.Repository.CommitAsync("A shop");
        return project;
    }

    /// <summary>A clone with only the last commit.</summary>
    public async Task<SmallProject> CloneShallowAsync() =>
        new(await Repository.CloneShallowAsync(), outside, isClone: true);

    /// <summary>Runs the tool, as on a command line.</summary>
    public Task<ToolRun> LadingAsync(params IReadOnlyList<string> arguments) =>
        ToolRun.InAsync(Repository.Folder, arguments);

    /// <summary>The tool as a process of its own, in this project.</summary>
    public ProgramCall Call(params IReadOnlyList<string> arguments) => ToolProcess.Call(Repository.Folder, arguments);

    /// <summary>Makes the command of <c>site</c> produce something else each time that it runs.</summary>
    public Task<string> MakeSiteDifferEachTimeAsync()
    {
        Repository.Write(
            "lading.json",
            Repository
                .Read("lading.json")
                .Replace("tr a-z A-Z < src/site/page.txt", "head -c 32 /dev/urandom | od -tx1")
        );
        return Repository.CommitAsync("A command that is not reproducible");
    }

    /// <summary>Publishes, which must succeed, and returns what the tool says about each image.</summary>
    public async Task<IReadOnlyDictionary<string, PublishedImageJson>> PublishAsync(
        params IReadOnlyList<string> arguments
    ) => PublishedImageJson.Parse((await LadingAsync(["publish", .. arguments, "--output", "json"])).Succeeded().Out);

    public string LockPath(string environment = "local") => Locks.LockPath.For(Repository.Folder, environment);

    /// <summary>The text of a lock, which must exist.</summary>
    public string LockText(string environment = "local") => File.ReadAllText(LockPath(environment));

    /// <summary>The digest of an image in a lock.</summary>
    public Digest Locked(string image, string environment = "local") =>
        LockFile.Read(LockPath(environment)).Images[image].Digest;

    public void Dispose()
    {
        Repository.Dispose();
        if (!isClone)
        {
            outside.Dispose();
        }
    }

    private static string CounterIn(TestFolder folder) => folder.Combine("runs");
}

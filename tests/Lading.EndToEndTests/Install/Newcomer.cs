using System.Text.RegularExpressions;
using Lading.Oci;
using Lading.Processes;
using Lading.Testing;
using Lading.Testing.Cloud;

namespace Lading.EndToEndTests.Install;

/// <summary>
/// A user with a repository, an AWS account and the packages of this build, and nothing else of Lading: a folder of its
/// own is the whole PATH.
/// </summary>
/// <param name="moto">The server that all tests share.</param>
/// <param name="account">An account that no other test bootstraps: cdk cannot bootstrap one twice at a time.</param>
public sealed partial class Newcomer(MotoServer moto, string account) : IAsyncLifetime
{
    internal string Account { get; } = account;

    private readonly DirectoryInfo scratch = Directory.CreateTempSubdirectory("lading-newcomer-");
    private TestCloud? cloud;
    private TestRepository? repository;

    internal TestRepository Repository => repository!;

    internal TestCloud Cloud => cloud!;

    /// <summary>A folder for what the test needs besides the repository.</summary>
    internal string Scratch => scratch.FullName;

    /// <summary>The folder with the program of this machine, as <c>./build pack</c> makes it.</summary>
    internal static string Programs => SourceTree.PathOf("artifacts/program");

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Path.Combine(Programs, "lading")))
        {
            Requires.Missing("there is no program to install", "Make it: ./build pack");
        }

        cloud = await TestCloud.StartAsync(
            await moto.RequireAsync(),
            new Dictionary<string, string>(StringComparer.Ordinal) { ["shop"] = Account }
        );
        repository = await TestRepository.CreateAsync();
    }

    public async ValueTask DisposeAsync()
    {
        repository?.Dispose();
        if (cloud is not null)
        {
            await cloud.DisposeAsync();
        }

        scratch.Delete(recursive: true);
    }

    /// <summary>Puts programs of this machine on the PATH, which has no others.</summary>
    internal void Install(params IReadOnlyList<string> programs)
    {
        foreach (var program in programs)
        {
            var found =
                Requires.OnPath(program) ?? throw new InvalidOperationException($"'{program}' is not installed.");
            File.CreateSymbolicLink(Path.Combine(scratch.CreateSubdirectory("bin").FullName, program), found);
        }
    }

    /// <summary>Runs an installed program in the repository.</summary>
    internal Task<ToolRun> RunAsync(string program, params IReadOnlyList<string> arguments) =>
        RunAsync(Repository.Folder, program, arguments);

    /// <summary>
    /// Bootstraps the account, outside the repository: in a folder with a cdk.json, cdk would start the app.
    /// </summary>
    internal Task<ToolRun> BootstrapAsync() =>
        RunAsync(
            Scratch,
            "cdk",
            ["bootstrap", $"aws://{Account}/{TestCloud.Region}", "--profile", "shop", "--no-notices"]
        );

    private async Task<ToolRun> RunAsync(string folder, string program, IReadOnlyList<string> arguments)
    {
        var call = new ProgramCall(Path.Combine(Scratch, "bin", program), arguments)
        {
            WorkingDirectory = folder,
            Environment = Variables(),
        };
        var result = await ProgramRunner.RunAsync(
            call,
            ReadOnlyMemory<byte>.Empty,
            TestContext.Current.CancellationToken
        );
        return new ToolRun(result.ExitCode, result.Text, result.Error);
    }

    /// <summary>Runs a script of this repository, which must succeed, with the machine's PATH.</summary>
    internal static async Task MakeAsync(string program, params IReadOnlyList<string> arguments)
    {
        var result = await ProgramRunner.RunAsync(
            new ProgramCall(program, arguments) { WorkingDirectory = SourceTree.Root },
            ReadOnlyMemory<byte>.Empty,
            TestContext.Current.CancellationToken
        );
        Assert.True(result.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {result.Text}{result.Error}");
    }

    /// <summary>Writes the files of an image that needs no base.</summary>
    internal void WriteWeb() =>
        Repository
            .Write("web/Dockerfile", "FROM scratch\nCOPY index.html /srv/index.html\n")
            .Write("web/index.html", "<h1>Hello</h1>\n");

    /// <summary>Writes what <c>init</c> leaves to the user: the environment with its account.</summary>
    internal void NameTheEnvironment()
    {
        var text = Repository.Read("lading.json");
        const string Before = "\"environments\": {";
        Assert.Contains(Before, text, StringComparison.Ordinal);
        var dev =
            $"\n    \"dev\": {{ \"account\": \"{Account}\", \"region\": \"{TestCloud.Region}\", \"profile\": \"shop\" }},";
        Repository.Write("lading.json", text.Replace(Before, Before + dev, StringComparison.Ordinal));
    }

    /// <summary>
    /// Ensures that stack Shop is deployed, and that its image is in the registry under the digest in its template.
    /// </summary>
    internal async Task EnsureDeployedAsync(ToolRun deployed)
    {
        Assert.Contains("dev is up to date: Shop", deployed.Out, StringComparison.Ordinal);
        Assert.Contains(
            Cloud.Calls,
            call => call is { Service: "cloudformation", Operation: "ExecuteChangeSet" or "CreateStack" }
        );
        var template = Repository.Read("cdk.out/Shop.template.json");
        var pin = PinnedImage().Match(template);
        Assert.True(pin.Success, template);
        var there = Cloud[Account].Store.Open(RepositoryName.Parse(pin.Groups["repository"].Value));
        var digest = Digest.Parse(pin.Groups["digest"].Value);
        Assert.NotNull(await there.FindManifestAsync(digest, TestContext.Current.CancellationToken));
    }

    private Dictionary<string, string?> Variables()
    {
        var variables = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["PATH"] = Path.Combine(Scratch, "bin"),
            ["HOME"] = scratch.CreateSubdirectory("home").FullName,
            ["TMPDIR"] = scratch.CreateSubdirectory("tmp").FullName,
            ["DOTNET_ROOT"] = null,
            ["AWS_PROFILE"] = null,
            ["AWS_ACCESS_KEY_ID"] = null,
            ["AWS_SECRET_ACCESS_KEY"] = null,
            ["AWS_SESSION_TOKEN"] = null,
            ["AWS_REGION"] = null,
            ["AWS_DEFAULT_REGION"] = null,
            ["CDK_DISABLE_CLI_TELEMETRY"] = "true",
            ["LADING_ENV"] = null,
            ["LADING_BINARY"] = null,
            ["CI"] = null,
            ["NO_COLOR"] = "1",
            ["JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION"] = "18,20,22",
        };
        foreach (var (name, value) in Cloud.Variables())
        {
            variables[name] = value;
        }

        return variables;
    }

    [GeneratedRegex(
        @"/(?<repository>[a-z0-9-]+/web)@(?<digest>sha256:[0-9a-f]{64})",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 60_000
    )]
    private static partial Regex PinnedImage();
}

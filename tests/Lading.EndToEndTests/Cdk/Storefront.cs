using Lading.Locks;
using Lading.Oci;
using Lading.Processes;
using Lading.Testing;

namespace Lading.EndToEndTests.Cdk;

/// <summary>A copy of <c>samples/storefront</c> in a git repository of its own, and the real <c>cdk</c> in it.</summary>
public sealed class Storefront : IAsyncLifetime
{
    /// <summary>The collection of those who use the sample's packages, which one of them fetches at a time.</summary>
    public const string Packages = "Packages of the sample";

    private static readonly string[] Left =
    [
        "node_modules",
        "bin",
        "obj",
        "cdk.out",
        ".lading",
        "dist",
        "__pycache__",
        ".venv",
    ];

    // Whatever the machine is signed in to, no test looks at it; and nothing but the tests speaks.
    private static readonly Dictionary<string, string?> Quiet = new(StringComparer.Ordinal)
    {
        ["AWS_CONFIG_FILE"] = "/dev/null",
        ["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null",
        ["AWS_EC2_METADATA_DISABLED"] = "true",
        ["AWS_PROFILE"] = null,
        ["AWS_ACCESS_KEY_ID"] = null,
        ["AWS_SECRET_ACCESS_KEY"] = null,
        ["AWS_REGION"] = null,
        ["AWS_DEFAULT_REGION"] = null,
        ["CDK_DISABLE_CLI_TELEMETRY"] = "true",
        ["CDK_DEFAULT_ACCOUNT"] = null,
        ["CDK_DEFAULT_REGION"] = null,
        ["LADING_ENV"] = null,
        ["LADING_LOCK"] = null,
        ["JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION"] = "18,20,22",
        ["PYTHONPATH"] = SourceTree.PathOf("src/lading_cdk"),
        ["PYTHONDONTWRITEBYTECODE"] = "1",
        ["LadingCdkProject"] = SourceTree.PathOf("src/Lading.Cdk/Lading.Cdk.csproj"),
    };

    // jsii leaves its library behind at each start: here it goes with everything else.
    private readonly DirectoryInfo scratch = Directory.CreateTempSubdirectory("lading-e2e-");
    private TestRepository? repository;

    /// <summary>The top of the copy.</summary>
    public string Root => Repository.Folder;

    /// <summary>Null if the machine has all that is needed; else what is missing and how to get it.</summary>
    public string? Missing { get; private set; }

    internal TestRepository Repository =>
        repository ?? throw new InvalidOperationException("The machine lacks something: call Require first.");

    private static string Sample => SourceTree.PathOf("samples/storefront");

    public async ValueTask InitializeAsync()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        Missing =
            await InstallAsync(Sample, cancellationToken)
            ?? await InstallAsync(Path.Combine(Sample, "infra-ts"), cancellationToken);
        if (Missing is not null)
        {
            return;
        }

        repository = await TestRepository.CreateAsync();
        Copy(Sample, Root);
        Link("node_modules");
        Link("infra-ts/node_modules");
        await repository.CommitAsync("A storefront");
        var build = await RunAsync("dotnet", ["build", "src/Infra", "-v", "q", "-nologo"], Root, cancellationToken);
        Assert.True(build.ExitCode == 0, build.Text);
    }

    public ValueTask DisposeAsync()
    {
        repository?.Dispose();
        scratch.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>Skips the test where something is missing; with LADING_REQUIRE_SERVERS=1 it fails instead.</summary>
    public void Require()
    {
        if (Missing is not null)
        {
            Requires.Missing(Missing, "");
        }
    }

    /// <summary>Synthesizes with the C# app as <c>cdk.json</c> has it.</summary>
    public Task<Synthesis> SynthesizeAsync(CancellationToken cancellationToken, params string[] options) =>
        CdkAsync(Root, options, cancellationToken);

    /// <summary>Synthesizes with the C# app as it was built, which saves looking whether it is up to date.</summary>
    public Task<Synthesis> SynthesizeBuiltAsync(CancellationToken cancellationToken, params string[] options) =>
        CdkAsync(Root, ["--app", "dotnet src/Infra/bin/Debug/net10.0/Infra.dll", .. options], cancellationToken);

    /// <summary>Synthesizes with the TypeScript app.</summary>
    public Task<Synthesis> SynthesizeTypeScriptAsync(CancellationToken cancellationToken, params string[] options) =>
        CdkAsync(Path.Combine(Root, "infra-ts"), options, cancellationToken);

    /// <summary>Synthesizes with the Python app; skips the test where CDK for Python is not there, since not every machine can have it.</summary>
    public async Task<Synthesis> SynthesizePythonAsync(CancellationToken cancellationToken, params string[] options)
    {
        Requires.Program("python3", "Install Python 3.");
        var found = await RunAsync("python3", ["-c", "import aws_cdk"], Root, cancellationToken);
        if (found.ExitCode != 0)
        {
            Assert.Skip(
                "The Python module 'aws_cdk' is not installed. Install it: python3 -m pip install -r requirements.txt"
            );
        }

        return await CdkAsync(Path.Combine(Root, "infra-py"), options, cancellationToken, Root);
    }

    /// <summary>Writes a lock with made-up digests, of these images or of all four.</summary>
    public void WriteLock(string environment, params string[] images)
    {
        var locked = (images is [] ? ["carts", "site", "web", "worker"] : images).ToDictionary(
            name => name,
            name => new LockedImage(
                $"storefront/{name}",
                Digest.OfBytes(System.Text.Encoding.UTF8.GetBytes(name)),
                new string('a', 64),
                new string('1', 40),
                [Platform.LinuxAmd64]
            )
        );
        LockFile.Write(LockPath.For(Root, environment), new ImageLock(environment, locked));
    }

    public void DeleteLocks()
    {
        if (Directory.Exists(Path.Combine(Root, ".lading")))
        {
            Directory.Delete(Path.Combine(Root, ".lading"), recursive: true);
        }
    }

    private async Task<Synthesis> CdkAsync(
        string folder,
        IReadOnlyList<string> options,
        CancellationToken cancellationToken,
        string? packages = null
    )
    {
        var output = scratch.CreateSubdirectory($"cdk-out-{Guid.NewGuid():N}").FullName;
        var result = await RunAsync(
            Path.Combine(packages ?? folder, "node_modules", ".bin", "cdk"),
            ["synth", "--quiet", "--no-color", "--no-notices", "--output", output, .. options],
            folder,
            cancellationToken
        );
        var template = Path.Combine(output, "Storefront.template.json");
        return new Synthesis(
            result.ExitCode,
            result.Text + "\n" + result.Error,
            output,
            File.Exists(template) ? await File.ReadAllTextAsync(template, cancellationToken) : ""
        );
    }

    private async Task<string?> InstallAsync(string folder, CancellationToken cancellationToken)
    {
        if (File.Exists(Path.Combine(folder, "node_modules", ".bin", "cdk")))
        {
            return null;
        }

        try
        {
            var result = await RunAsync("npm", ["ci", "--no-audit", "--no-fund"], folder, cancellationToken);
            return result.ExitCode == 0 ? null : $"npm ci failed in {folder}: {result.Error}";
        }
        catch (ProgramNotFoundException)
        {
            return "Node is missing, which CDK runs on. Install Node 20 or later: https://nodejs.org";
        }
    }

    private Task<ProgramResult> RunAsync(
        string program,
        IReadOnlyList<string> arguments,
        string folder,
        CancellationToken cancellationToken
    ) =>
        ProgramRunner.RunAsync(
            new ProgramCall(program, arguments)
            {
                WorkingDirectory = folder,
                Environment = new Dictionary<string, string?>(Quiet, StringComparer.Ordinal)
                {
                    ["TMPDIR"] = scratch.FullName,
                },
            },
            ReadOnlyMemory<byte>.Empty,
            cancellationToken
        );

    private void Link(string path) =>
        Directory.CreateSymbolicLink(Path.Combine(Root, path), Path.Combine(Sample, path));

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }

        foreach (var folder in Directory.EnumerateDirectories(from))
        {
            var name = Path.GetFileName(folder);
            if (!Left.Contains(name))
            {
                Copy(folder, Path.Combine(to, name));
            }
        }
    }
}

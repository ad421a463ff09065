using Lading.Locks;
using Lading.Oci;
using Lading.Processes;
using Lading.Testing;

namespace Lading.EndToEndTests.Cdk;

/// <summary>
/// A copy of <c>samples/storefront</c> in a git repository of its own, and the real <c>cdk</c> in it.
/// </summary>
public sealed class Storefront : IAsyncLifetime
{
    /// <summary>
    /// The collection of tests that use the sample's packages, so that only one installs them at a time.
    /// </summary>
    public const string Packages = "Packages of the sample";

    // Hides the machine's AWS credentials from the tests, and silences other programs.
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
        // In new versions of aws-cdk-lib, which npm installs, validating templates takes three quarters of a synthesis.
        ["CDK_VALIDATION"] = "false",
        ["CDK_DEFAULT_ACCOUNT"] = null,
        ["CDK_DEFAULT_REGION"] = null,
        ["LADING_ENV"] = null,
        ["LADING_LOCK"] = null,
        ["JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION"] = "18,20,22",
        ["PYTHONPATH"] = SourceTree.PathOf("src/lading_cdk"),
        ["PYTHONDONTWRITEBYTECODE"] = "1",
    };

    // jsii leaves its library behind at each start; here it is deleted with everything else.
    private readonly DirectoryInfo scratch = Directory.CreateTempSubdirectory("lading-e2e-");
    private TestRepository? repository;

    /// <summary>The top of the copy.</summary>
    public string Root => Repository.Folder;

    /// <summary>What the machine lacks, and how to get it; null if it has everything.</summary>
    public string? Missing { get; private set; }

    internal TestRepository Repository =>
        repository ?? throw new InvalidOperationException("The machine lacks something: call Require first.");

    /// <summary>The C# app as built with the tests.</summary>
    internal static string Infra => Path.Combine(Sample, "src/Infra/bin/Debug/net10.0/Infra.dll");

    private static string Sample => SampleFiles.Folder;

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
        SampleFiles.CopyTo(Root);
        Link("node_modules");
        Link("infra-ts/node_modules");
        await repository.CommitAsync("A storefront");
    }

    public ValueTask DisposeAsync()
    {
        repository?.Dispose();
        scratch.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>Skips the test if something is missing; with LADING_REQUIRE_SERVERS=1, fails it.</summary>
    public void Require()
    {
        if (Missing is not null)
        {
            Requires.Missing(Missing, "");
        }
    }

    /// <summary>Synthesizes with the C# app as built with the tests.</summary>
    public Task<Synthesis> SynthesizeAsync(CancellationToken cancellationToken, params string[] options) =>
        CdkAsync(Root, ["--app", $"dotnet {Infra}", .. options], cancellationToken);

    /// <summary>Synthesizes with the TypeScript app.</summary>
    public Task<Synthesis> SynthesizeTypeScriptAsync(CancellationToken cancellationToken, params string[] options) =>
        CdkAsync(Path.Combine(Root, "infra-ts"), options, cancellationToken);

    /// <summary>
    /// Synthesizes with the Python app; skips the test if the CDK for Python is missing, since not every machine can
    /// have it.
    /// </summary>
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

    /// <summary>Starts an app of the sample without the CDK command line.</summary>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="folder">The folder below the top that it is started in.</param>
    /// <param name="variables">Variables besides those that isolate it from the machine.</param>
    /// <param name="input">What it reads from standard input.</param>
    internal async Task StartAsync(
        string program,
        IReadOnlyList<string> arguments,
        string folder,
        IReadOnlyDictionary<string, string?> variables,
        string input = ""
    )
    {
        var call = Call(program, arguments, Path.Combine(Root, folder), variables);
        var cancellationToken = TestContext.Current.CancellationToken;
        var result = await ProgramRunner.RunAsync(call, System.Text.Encoding.UTF8.GetBytes(input), cancellationToken);
        Assert.True(result.ExitCode == 0, result.Text + result.Error);
    }

    /// <summary>A new folder, deleted with the fixture.</summary>
    internal string NewFolder() => scratch.CreateSubdirectory($"cdk-out-{Guid.NewGuid():N}").FullName;

    /// <summary>Writes a lock with made-up digests of all four images.</summary>
    public void WriteLock(string environment) =>
        WriteLockAt(LockPath.For(Root, environment), environment, ["carts", "site", "web", "worker"]);

    /// <summary>Writes such a lock of some images to a file.</summary>
    internal static void WriteLockAt(string path, string environment, IReadOnlyList<string> images)
    {
        var locked = images.ToDictionary(
            name => name,
            name => new LockedImage(
                $"storefront/{name}",
                Digest.OfBytes(System.Text.Encoding.UTF8.GetBytes(name)),
                new string('a', 64),
                new string('1', 40),
                [Platform.LinuxAmd64]
            )
        );
        LockFile.Write(path, new ImageLock(environment, locked));
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
        var output = NewFolder();
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
            Call(program, arguments, folder, new Dictionary<string, string?>(StringComparer.Ordinal)),
            ReadOnlyMemory<byte>.Empty,
            cancellationToken
        );

    private ProgramCall Call(
        string program,
        IReadOnlyList<string> arguments,
        string folder,
        IReadOnlyDictionary<string, string?> variables
    ) =>
        new(program, arguments)
        {
            WorkingDirectory = folder,
            Environment = new Dictionary<string, string?>(Quiet.Concat(variables), StringComparer.Ordinal)
            {
                ["TMPDIR"] = scratch.FullName,
            },
        };

    private void Link(string path) =>
        Directory.CreateSymbolicLink(Path.Combine(Root, path), Path.Combine(Sample, path));
}

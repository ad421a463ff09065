using System.Text.Json.Nodes;
using Lading.Processes;
using Lading.Testing;
using Lading.Testing.Cloud;

namespace Lading.EndToEndTests.Deploy;

/// <summary>
/// The sample with the images that need no engine, in a git repository of its own, and a cloud of its own with
/// bootstrapped accounts.
/// </summary>
public sealed class DeployedApp(MotoServer moto) : IAsyncLifetime
{
    public const string Dev = "111111111111";
    public const string Prod = "222222222222";

    // Hides the machine's AWS credentials from the tests, and silences other programs.
    private static readonly Dictionary<string, string?> Quiet = new(StringComparer.Ordinal)
    {
        ["AWS_PROFILE"] = null,
        ["AWS_ACCESS_KEY_ID"] = null,
        ["AWS_SECRET_ACCESS_KEY"] = null,
        ["AWS_SESSION_TOKEN"] = null,
        ["AWS_REGION"] = null,
        ["AWS_DEFAULT_REGION"] = null,
        ["CDK_DISABLE_CLI_TELEMETRY"] = "true",
        // In new versions of aws-cdk-lib, which npm installs, validating templates takes three quarters of a synthesis.
        ["CDK_VALIDATION"] = "false",
        ["CDK_DEFAULT_ACCOUNT"] = null,
        ["CDK_DEFAULT_REGION"] = null,
        ["LADING_ENV"] = null,
        ["LADING_LOCK"] = null,
        ["CI"] = null,
        ["NO_COLOR"] = "1",
        ["JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION"] = "18,20,22",
    };

    /// <summary>Options for cdk: nobody can answer a prompt, and moto has no change sets for existing stacks.</summary>
    internal static readonly string[] Unasked = ["--require-approval", "never", "--no-notices", "--method", "direct"];

    private readonly DirectoryInfo scratch = Directory.CreateTempSubdirectory("lading-e2e-");
    private TestRepository? repository;
    private TestCloud? cloud;

    internal TestRepository Repository => repository!;

    internal TestCloud Cloud => cloud!;

    private static string Sample => SampleFiles.Folder;

    private static string Cdk => Path.Combine(Sample, "node_modules", ".bin", "cdk");

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Cdk))
        {
            Requires.Missing("the CDK command line is not installed", "Install it: npm ci in samples/storefront");
        }

        var profiles = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["storefront-dev"] = Dev,
            ["storefront-prod"] = Prod,
        };
        cloud = await TestCloud.StartAsync(await moto.RequireAsync(), profiles);
        repository = await TestRepository.CreateAsync();
        SampleFiles.CopyTo(repository.Folder, "infra-ts");
        Directory.CreateSymbolicLink(
            Path.Combine(repository.Folder, "node_modules"),
            Path.Combine(Sample, "node_modules")
        );
        UseAssembledImagesAlone();
        await repository.CommitAsync("A storefront");
        foreach (var (profile, account) in profiles)
        {
            var bootstrap = await RunAsync(
                new ProgramCall(Cdk, "bootstrap", $"aws://{account}/{TestCloud.Region}", "--profile", profile)
                {
                    // In a folder with a cdk.json, cdk would start the app.
                    WorkingDirectory = scratch.FullName,
                    Environment = Variables(),
                }
            );
            Assert.True(bootstrap.ExitCode == 0, bootstrap.Error);
        }
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

    /// <summary>Runs the packed tool.</summary>
    internal Task<ToolRun> LadingAsync(params IReadOnlyList<string> arguments) => LadingAsync(Variables(), arguments);

    /// <summary>Runs the packed tool with variables of the test's own.</summary>
    internal Task<ToolRun> LadingAsync(
        IReadOnlyDictionary<string, string?> variables,
        params IReadOnlyList<string> arguments
    ) => RunAsync(PackedTool.Call(Repository.Folder, variables, arguments));

    /// <summary>Deploys without prompts.</summary>
    internal Task<ToolRun> DeployAsync(params IReadOnlyList<string> options) =>
        DeployAsync("dev", Variables(), options);

    /// <summary>Deploys without prompts.</summary>
    internal Task<ToolRun> DeployAsync(
        string environment,
        IReadOnlyDictionary<string, string?> variables,
        params IReadOnlyList<string> options
    ) => LadingAsync(variables, ["deploy", "--env", environment, "--", .. Unasked, .. options]);

    /// <summary>Rolls back dev from an empty folder, with the account's profile and without prompts.</summary>
    internal Task<ToolRun> RollbackAsync()
    {
        var variables = Variables();
        // Every system resolves this name, by which moto tells buckets from paths.
        variables["AWS_ENDPOINT_URL_S3"] = variables["AWS_ENDPOINT_URL"]!.Replace(
            "127.0.0.1",
            "localhost",
            StringComparison.Ordinal
        );
        string[] account = ["--account", Dev, "--region", TestCloud.Region, "--profile", "storefront-dev"];
        return RunAsync(
            PackedTool.Call(
                scratch.CreateSubdirectory("empty").FullName,
                variables,
                ["rollback", "Storefront", .. account, "--yes"]
            )
        );
    }

    /// <summary>Runs the real cdk, with the profile of an environment.</summary>
    internal Task<ToolRun> CdkAsync(string environment, params IReadOnlyList<string> arguments) =>
        CdkAsync(Variables(), [.. arguments, "--profile", $"storefront-{environment}", "--no-notices"]);

    /// <summary>Runs the real cdk.</summary>
    internal Task<ToolRun> CdkAsync(
        IReadOnlyDictionary<string, string?> variables,
        params IReadOnlyList<string> arguments
    ) => RunAsync(new ProgramCall(Cdk, arguments) { WorkingDirectory = Repository.Folder, Environment = variables });

    /// <summary>Variables of a machine with profiles for both accounts.</summary>
    internal Dictionary<string, string?> Variables()
    {
        var variables = new Dictionary<string, string?>(Quiet, StringComparer.Ordinal)
        {
            // jsii leaves its library behind at each start; here it is deleted with everything else.
            ["TMPDIR"] = scratch.FullName,
            ["PATH"] = $"{BinFolder()}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}",
        };
        foreach (var (name, value) in Cloud.Variables())
        {
            variables[name] = value;
        }

        return variables;
    }

    /// <summary>Writes a cdk.json with another command for the app.</summary>
    internal void WriteApp(string app)
    {
        var json = new JsonObject
        {
            ["app"] = app,
            ["context"] = new JsonObject { ["images"] = "assembled" },
        };
        Repository.Write("cdk.json", json.ToJsonString());
    }

    /// <summary>The app as built with the tests.</summary>
    internal static string App =>
        $"dotnet {SourceTree.PathOf("samples/storefront/src/Infra/bin/Debug/net10.0/Infra.dll")}";

    // 'lading' on the PATH, as cdk.json names it.
    private string BinFolder()
    {
        var folder = scratch.CreateSubdirectory("bin").FullName;
        var command = string.Join(' ', PackedTool.Command.Select(word => $"'{word}'"));
        WriteProgram(Path.Combine(folder, "lading"), $"exec {command} \"$@\"");
        WriteProgram(Path.Combine(folder, "lading-docker"), $"exec {command} docker \"$@\"");
        return folder;
    }

    private static void WriteProgram(string path, string script)
    {
        if (!File.Exists(path) && !OperatingSystem.IsWindows())
        {
            File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
        }
    }

    private void UseAssembledImagesAlone()
    {
        var text = Repository.Read("lading.json");
        var start = text.IndexOf("    // An engine builds", StringComparison.Ordinal);
        var end = text.IndexOf("    // Lading puts these two", StringComparison.Ordinal);
        Repository.Write("lading.json", text.Remove(start, end - start));
        WriteApp(App);
    }

    private static async Task<ToolRun> RunAsync(ProgramCall call)
    {
        var result = await ProgramRunner.RunAsync(
            call,
            ReadOnlyMemory<byte>.Empty,
            TestContext.Current.CancellationToken
        );
        return new ToolRun(result.ExitCode, result.Text, result.Error);
    }
}

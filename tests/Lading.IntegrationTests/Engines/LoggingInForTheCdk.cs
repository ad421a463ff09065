using System.Runtime.Versioning;
using System.Text;
using Lading.Processes;
using Lading.Server;
using Lading.Server.Access;
using Lading.Testing;

namespace Lading.IntegrationTests.Engines;

/// <summary>Pushes and builds can use what the CDK logs in to, and no login is kept for good.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class LoggingInForTheCdk(ContainerEngines engines) : IDisposable
{
    private const string User = "cdk";
    private const string Password = "pass:word";
    private readonly TestFolder folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_login_is_kept_in_memory_that_nobody_else_can_read()
    {
        await using var registry = await StartAsync();
        var runtime = Directory.CreateDirectory(folder.Combine("runtime")).FullName;

        var login = await RunAsync(
            "buildah",
            new() { ["XDG_RUNTIME_DIR"] = runtime },
            Password + "\n",
            Login(registry)
        );

        login.Succeeded();
        var file = Assert.Single(Directory.GetFiles(Path.Combine(runtime, "lading/logins")));
        Assert.Equal($"{registry.Host}\n{User}\n{Password}", await File.ReadAllTextAsync(file, Cancelled));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.DoesNotContain(Password, login.Out + login.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rejected_or_unanswered_login_is_a_failure()
    {
        await using var registry = await StartAsync();

        var wrong = await RunAsync("buildah", Own, "another\n", Login(registry));
        var nobody = await RunAsync(
            "buildah",
            Own,
            Password,
            ["login", "--username", User, "--password-stdin", "https://127.0.0.1:1"]
        );

        Assert.Contains($"Could not log in to {registry.Host}", wrong.Failed(FailureKind.Failed).Error);
        Assert.Contains("401", wrong.Error);
        Assert.Contains("Could not log in to 127.0.0.1:1", nobody.Failed(FailureKind.Failed).Error);
        Assert.DoesNotContain("Succeeded", wrong.Out + nobody.Out, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.Combine("state/logins")));
    }

    [Theory]
    [InlineData("docker")]
    [InlineData("buildah")]
    [InlineData("podman", Traits = ["Run", "long"])]
    public async Task A_build_starts_from_an_image_that_only_the_CDK_is_logged_in_for(string engine)
    {
        await engines.RequireAsync(engine);
        await using var registry = await StartAsync();
        var context = Directory.CreateDirectory(folder.Combine("context")).FullName;
        var environment = Own;
        environment["CONTAINERS_REGISTRIES_CONF"] = Insecure(registry);
        (await RunAsync(engine, environment, Password, Login(registry))).Succeeded();
        await WriteAsync(context, $"FROM scratch\nCOPY . /\n");
        (
            await RunAsync(engine, environment, "", ["build", "--tag", $"{registry.Host}/shop/base:1", context])
        ).Succeeded();
        (await RunAsync(engine, environment, "", ["push", $"{registry.Host}/shop/base:1"])).Succeeded();
        await WriteAsync(context, $"FROM {registry.Host}/shop/base:1\nCOPY . /more\n");

        var build = await RunAsync(engine, environment, "", ["build", "--tag", "own:1", context]);

        build.Succeeded();
        Assert.Empty(Directory.GetDirectories(folder.Combine("tmp"), "lading-*"));
        Assert.False(File.Exists(folder.Combine("home/.docker/config.json")), "the user's own file was written");
    }

    private Dictionary<string, string?> Own =>
        new(StringComparer.Ordinal) { ["LADING_DOCKER_FOLDER"] = folder.Combine("state") };

    private static string[] Login(TestRegistry registry) =>
        ["login", "--username", User, "--password-stdin", $"http://{registry.Host}/"];

    private static Task WriteAsync(string context, string dockerfile) =>
        File.WriteAllTextAsync(Path.Combine(context, "Dockerfile"), dockerfile, Cancelled);

    private static Task<TestRegistry> StartAsync() =>
        TestRegistry.StartAsync(new RegistryServerOptions { Logins = RegistryLogins.Parse($"{User}:{Password}") });

    private string Insecure(TestRegistry registry)
    {
        var path = folder.Combine("registries.conf");
        File.WriteAllText(path, $"[[registry]]\nlocation = \"{registry.Host}\"\ninsecure = true\n");
        return path;
    }

    private async Task<ToolRun> RunAsync(
        string engine,
        Dictionary<string, string?> environment,
        string input,
        IReadOnlyList<string> arguments
    )
    {
        var call = ToolProcess.Call(folder.Path, ["docker", .. arguments]) with
        {
            Environment = new Dictionary<string, string?>(environment, StringComparer.Ordinal)
            {
                ["LADING_ENGINE"] = engine,
                ["HOME"] = Directory.CreateDirectory(folder.Combine("home")).FullName,
                // Of its own, to see what is left in it.
                ["TMPDIR"] = Directory.CreateDirectory(folder.Combine("tmp")).FullName,
            },
        };
        var result = await ProgramRunner.RunAsync(call, Encoding.UTF8.GetBytes(input), Cancelled);
        return new ToolRun(result.ExitCode, result.Text, result.Error);
    }
}

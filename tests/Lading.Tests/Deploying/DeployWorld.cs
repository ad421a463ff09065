using Lading.Cli;
using Lading.Running.Verifying;
using Lading.Testing;
using Lading.Testing.Cloud;
using Lading.Testing.Cloud.Stacks;
using Lading.Tests.Rollbacks;
using Lading.Tests.Running;

namespace Lading.Tests.Deploying;

/// <summary>
/// A project that the whole tool deploys to an account of the stand-in. A script takes the place of cdk; what it
/// deploys takes as long as the account needs for it, and succeeds or fails as it does there.
/// </summary>
internal sealed class DeployWorld : IAsyncDisposable
{
    // It waits to be told how the deployment ended, as cdk waits for CloudFormation.
    private const string Script = """
        #!/bin/sh
        cd CONTROL
        echo "$@" >> calls
        touch began
        while [ ! -f ended ]; do sleep 0.01; done
        exit "$(cat ended)"

        """;

    private static readonly string[] Unwatched = ["--no-verify", "--hotswap", "prepare-change-set", "--dry-run"];

    private readonly TestFolder control = new();
    private readonly TestAssembly assembly = new();
    private RollbackWorld world = null!;
    private TestRepository repository = null!;

    public TestAws Aws => world.Aws;

    /// <summary>The account in another region, and the stack that the app has there; null if it has none.</summary>
    public (TestAws Aws, StackPlan Plan)? Elsewhere { get; private set; }

    /// <summary>How cdk was called, one line per call.</summary>
    public IReadOnlyList<string> CdkCalls =>
        File.Exists(control.Combine("calls")) ? File.ReadAllLines(control.Combine("calls")) : [];

    /// <summary>Runs while cdk works.</summary>
    public Action? OnCdk { get; set; }

    /// <summary>Runs once CloudFormation has finished, before cdk ends.</summary>
    public Action? OnDone { get; set; }

    /// <summary>Makes cdk end with this exit code, without starting anything.</summary>
    public int? CdkFails { get; set; }

    /// <summary>Cancels the tool.</summary>
    public CancellationTokenSource Cancellation { get; } =
        CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    public string? Lease =>
        Aws.Stacks.Parameters.TryGetValue("/lading/Shop/lease", out var versions) ? versions[^1].Value : null;

    public static async Task<DeployWorld> StartAsync()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no sh.");
        var result = new DeployWorld
        {
            world = await RollbackWorld.StartAsync(),
            repository = await TestRepository.CreateAsync(),
        };
        result.Aws.StacksApi.PassesAtLook = TimeSpan.Zero;
        result.Configure($$"""{ "account": "{{RunningWorld.Account}}", "region": "{{RunningWorld.Region}}" }""");
        result
            .repository.Write("cdk.json", "{}")
            .Write(
                "node_modules/.bin/cdk",
                Script.Replace("CONTROL", $"'{result.control.Path}'", StringComparison.Ordinal)
            );
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(
                Path.Combine(result.repository.Folder, "node_modules/.bin/cdk"),
                UnixFileMode.UserRead | UnixFileMode.UserExecute
            );
        }

        await result.repository.CommitAsync("A shop");
        return result;
    }

    /// <summary>Writes <c>lading.json</c> with this definition of the environment.</summary>
    public void Configure(string prod) =>
        repository.Write(
            "lading.json",
            $$"""{ "project": "shop", "images": {}, "environments": { "prod": {{prod}} } }"""
        );

    /// <summary>Gives the app another stack, in another region.</summary>
    public TestAws AddElsewhere(string region, StackPlan plan)
    {
        var aws = world.AddRegion(region);
        assembly.Stack(plan.Name, plan.Template().ToJsonString(), $"aws://{RunningWorld.Account}/{region}");
        Elsewhere = (aws, plan);
        return aws;
    }

    /// <summary>The file that <c>--summary</c> names.</summary>
    public string Summary => control.Combine("summary.md");

    public async ValueTask DisposeAsync()
    {
        Cancellation.Dispose();
        assembly.Dispose();
        control.Dispose();
        repository.Dispose();
        await world.DisposeAsync();
    }

    /// <summary>An image in a registry that serves it; the name makes it distinct.</summary>
    public string Image(string name) => world.Image(name);

    /// <summary>Runs <c>lading deploy</c> for a planned stack.</summary>
    public Task<ToolRun> DeployAsync(StackPlan plan, params IReadOnlyList<string> words) =>
        RunAsync(plan, words, !words.Intersect(Unwatched).Any() && plan.Services.Count > 0, RunInProcessAsync);

    /// <summary>Runs any verb.</summary>
    public Task<ToolRun> ToolAsync(params IReadOnlyList<string> words) => RunInProcessAsync(words);

    /// <summary>
    /// The same in a process of its own, which gets the signal of Ctrl-C once it has printed the marker.
    /// </summary>
    public Task<ToolRun> InterruptAsync(StackPlan plan, string marker) =>
        RunAsync(
            plan,
            [],
            isWatched: false,
            words => InterruptedTool.RunAsync(repository.Folder, world.Variables, marker, words)
        );

    private async Task<ToolRun> RunAsync(
        StackPlan plan,
        IReadOnlyList<string> words,
        bool isWatched,
        Func<IReadOnlyList<string>, Task<ToolRun>> run
    )
    {
        assembly.Stack(
            plan.Name,
            plan.Template().ToJsonString(),
            $"aws://{RunningWorld.Account}/{RunningWorld.Region}"
        );
        File.Delete(control.Combine("ended"));
        File.Delete(control.Combine("began"));
        using var over = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var cloud = GoOnAsync(plan, isWatched, over.Token);
        var result = await run([
            "deploy",
            "--env",
            "prod",
            .. words.TakeWhile(word => word != "--"),
            "--",
            "--app",
            assembly.Folder,
            .. words.SkipWhile(word => word != "--").Skip(1),
        ]);
        await over.CancelAsync();
        await cloud;
        return result;
    }

    private async Task<ToolRun> RunInProcessAsync(IReadOnlyList<string> words)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var host = new Host
        {
            Out = TextWriter.Synchronized(output),
            Error = TextWriter.Synchronized(error),
            In = TextReader.Null,
            Environment = new Dictionary<string, string>(world.Variables, StringComparer.Ordinal)
            {
                ["PATH"] = Environment.GetEnvironmentVariable("PATH")!,
            },
            WorkingDirectory = repository.Folder,
            Time = new WatchTime(Elsewhere is { } other ? [Aws, other.Aws] : [Aws]),
        };
        var exitCode = await new Application(host).RunAsync(words, Cancellation.Token);
        return new ToolRun(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>What the account does once cdk has started.</summary>
    private async Task GoOnAsync(StackPlan plan, bool isWatched, CancellationToken cancellationToken)
    {
        try
        {
            while (!File.Exists(control.Combine("began")))
            {
                await Task.Delay(5, cancellationToken);
            }

            OnCdk?.Invoke();
            if (CdkFails is { } code)
            {
                await EndAsync(code);
                return;
            }

            var stacks = new List<TestStack> { Begin(Aws, plan) };
            if (Elsewhere is { } other)
            {
                stacks.Add(Begin(other.Aws, other.Plan));
            }

            while (stacks.Exists(stack => stack.IsInProgress))
            {
                // The waits of a watch make time pass; without a watch, it passes here.
                await Task.Delay(20, cancellationToken);
                if (!isWatched)
                {
                    lock (Aws.Ecs)
                    {
                        Aws.Stacks.Advance(Verification.Pause);
                    }
                }
            }

            OnDone?.Invoke();
            await EndAsync(stacks.TrueForAll(stack => stack.Status is "CREATE_COMPLETE" or "UPDATE_COMPLETE") ? 0 : 1);
        }
        catch (OperationCanceledException)
        {
            // The tool has ended.
        }
    }

    private static TestStack Begin(TestAws aws, StackPlan plan)
    {
        lock (aws.Ecs)
        {
            return aws.Stacks.Begin(plan);
        }
    }

    private async Task EndAsync(int code)
    {
        await File.WriteAllTextAsync(control.Combine("code"), $"{code}", TestContext.Current.CancellationToken);
        File.Move(control.Combine("code"), control.Combine("ended"));
    }
}

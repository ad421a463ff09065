using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lading.Cli;
using Lading.Oci;
using Lading.Testing;
using Lading.Testing.Cloud;
using Lading.Testing.Cloud.Stacks;
using Lading.Tests.Running;

namespace Lading.Tests.Rollbacks;

/// <summary>A shop with releases to go back to: the whole tool against stand-ins.</summary>
internal sealed class RollbackWorld : IAsyncDisposable
{
    private ToolWorld tool = null!;

    private Func<string> narrated = () => "";

    public TestAws Aws => tool.World.Aws;

    /// <summary>What the run has narrated so far.</summary>
    public string Narrated => narrated();

    public string Folder => tool.Folder;

    /// <summary>The environment variables that make the tool talk to the stand-ins, and to nothing else.</summary>
    public Dictionary<string, string> Variables => tool.Variables;

    /// <summary>Adds the account in another region.</summary>
    public TestAws AddRegion(string region) => tool.AddRegion(region);

    public static async Task<RollbackWorld> StartAsync()
    {
        var result = new RollbackWorld { tool = await ToolWorld.StartAsync() };
        // Each look lets 30 seconds pass, so that an update takes a few looks.
        result.Aws.StacksApi.PassesAtLook = TimeSpan.FromSeconds(30);
        return result;
    }

    public ValueTask DisposeAsync() => tool.DisposeAsync();

    /// <summary>An image in a registry that serves it; the name makes it distinct.</summary>
    public string Image(
        string name,
        string? revision = null,
        string architecture = "amd64",
        string repository = "shop/web"
    )
    {
        var configuration = Put($$"""{"architecture":"{{architecture}}","os":"linux","author":"{{name}}"}""");
        var manifest = Put(
            $$"""{"schemaVersion":2,"mediaType":"{{MediaTypes.OciManifest}}","config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"{{configuration.Digest}}","size":{{configuration.Size}}},"layers":[]}"""
        );
        Aws.Images[(repository, manifest.Digest)] = revision is null ? [] : [$"git-{revision}"];
        return $"{Aws.Host}/{repository}@{manifest.Digest}";
    }

    /// <summary>Deploys, and lets 20 hours pass.</summary>
    public TestStack Deploy(StackPlan plan)
    {
        var stack = Aws.Stacks.Deploy(plan);
        Aws.Stacks.Advance(TimeSpan.FromHours(20));
        return stack;
    }

    /// <summary>Deploys one image after another to the shop's service.</summary>
    public void Deploy(params IReadOnlyList<string> images)
    {
        foreach (var image in images)
        {
            Deploy(RunningWorld.Shop(image));
        }
    }

    public string DigestOf(string image) => image[(image.IndexOf('@', StringComparison.Ordinal) + 1)..];

    /// <summary>Edits the template of the deployed stack, as if it had been deployed that way.</summary>
    public void Edit(Action<JsonNode> change)
    {
        var template = JsonNode.Parse(Aws.Stacks["Shop"].Text)!;
        change(template);
        Replace(
            template.ToJsonString(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping })
        );
    }

    /// <summary>Replaces the text of the deployed template.</summary>
    public void Replace(string text)
    {
        var stack = Aws.Stacks["Shop"];
        stack.Plan = stack.Plan with { Text = text };
    }

    /// <summary>The image of the only service.</summary>
    public string Running => Aws.Ecs.Services.Single().Definition.Images.Values.Single();

    /// <summary>Runs <c>lading rollback</c>, and agrees.</summary>
    public Task<ToolRun> RollbackAsync(params IReadOnlyList<string> arguments) =>
        RunAsync(null, ["--yes", .. arguments]);

    /// <summary>Runs <c>lading rollback</c> on a terminal where somebody types an answer.</summary>
    public Task<ToolRun> AnsweringAsync(string answer, params IReadOnlyList<string> arguments) =>
        RunAsync(new StringReader(answer + "\n"), arguments);

    /// <summary>
    /// Runs <c>lading rollback</c> on a terminal where somebody agrees after something else has happened.
    /// </summary>
    public Task<ToolRun> AgreeingAfterAsync(Action meanwhile, params IReadOnlyList<string> arguments) =>
        RunAsync(new LateYes(meanwhile), arguments);

    /// <summary>Runs any verb, with the account's credentials, in the folder.</summary>
    public Task<ToolRun> ToolAsync(params IReadOnlyList<string> arguments) => InvokeAsync(null, arguments);

    /// <summary>Runs any verb on a terminal where somebody types an answer.</summary>
    public Task<ToolRun> AnsweringToolAsync(string answer, params IReadOnlyList<string> arguments) =>
        InvokeAsync(new StringReader(answer + "\n"), arguments);

    private Task<ToolRun> RunAsync(TextReader? answer, IReadOnlyList<string> arguments) =>
        InvokeAsync(
            answer,
            ["rollback", "--account", RunningWorld.Account, "--region", RunningWorld.Region, .. arguments]
        );

    private async Task<ToolRun> InvokeAsync(TextReader? answer, IReadOnlyList<string> arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        narrated = error.ToString;
        var host = new Host
        {
            Out = TextWriter.Synchronized(output),
            Error = TextWriter.Synchronized(error),
            In = answer ?? TextReader.Null,
            InIsTerminal = answer is not null,
            Environment = Variables,
            WorkingDirectory = Folder,
            Time = new HastyTime(Aws),
        };
        var exitCode = await new Application(host).RunAsync(arguments, TestContext.Current.CancellationToken);
        return new ToolRun(exitCode, output.ToString(), error.ToString());
    }

    private (string Digest, int Size) Put(string json)
    {
        using var _ = JsonDocument.Parse(json);
        var bytes = Encoding.UTF8.GetBytes(json);
        var digest = Digest.OfBytes(bytes).ToString();
        Aws.Content[digest] = bytes;
        return (digest, bytes.Length);
    }

    /// <summary>Agrees, after something else has happened.</summary>
    private sealed class LateYes(Action meanwhile) : TextReader
    {
        public override string ReadLine()
        {
            meanwhile();
            return "y";
        }
    }

    /// <summary>The account's time. A wait ends at once, and that much time has passed in the account.</summary>
    private sealed class HastyTime(TestAws aws) : TimeProvider
    {
        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => aws.Ecs.Now;

        public override long GetTimestamp() => aws.Ecs.Now.UtcTicks;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            // Waits between tries, and pauses that a registry asks for, are shorter than this. Time limits are longer,
            // except the one for reading a stack's record.
            var isWait =
                dueTime > TimeSpan.Zero
                && dueTime < TimeSpan.FromSeconds(10)
                && dueTime != TimeSpan.FromSeconds(4)
                && period == Timeout.InfiniteTimeSpan;
            if (!isWait)
            {
                return base.CreateTimer(callback, state, dueTime, period);
            }

            lock (aws.Ecs)
            {
                aws.Stacks.Advance(dueTime);
            }

            return base.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }
}

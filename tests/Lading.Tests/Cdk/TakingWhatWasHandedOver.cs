using System.Text.Json.Nodes;
using Amazon.CDK;
using Lading.Apps;
using Lading.Cdk;
using Lading.Configuration;
using Lading.Fingerprints;
using Lading.Locks;
using Lading.Tests.Locks;
using LadingPlatform = Lading.Oci.Platform;

namespace Lading.Tests.Cdk;

/// <summary>
/// An app that <c>lading run</c> started: its context has everything, and neither locks nor git are read.
/// </summary>
[Collection(JsiiCollection.Name)]
public sealed class TakingWhatWasHandedOver : IDisposable
{
    private const string Dev = "111111111111";
    private const string Prod = "222222222222";

    private readonly CdkProject project = new();

    // A document is complete: what it contains is not looked up anywhere else.
    private HeadIdentities head = Head('a');

    public void Dispose() => project.Dispose();

    [Fact]
    public void Each_stack_uses_its_own_environment_and_fails_only_if_that_has_no_lock()
    {
        project.Variables["LADING_ENV"] = "dev";
        project.Variables["LADING_LOCK"] = "/nowhere.json";
        var app = App("dev");
        var dev = Stack(app, "Dev", Dev);
        var prod = Stack(app, "Prod", Prod);

        Assert.Empty(CdkProject.Errors(dev));
        Assert.Contains(Dev, Assert.Single(CdkProject.Images(dev)), StringComparison.Ordinal);
        Assert.Contains(
            $"Could not pin the images of stack Prod: there is no lock {LockPath.For(project.Root, "prod")}. Run 'lading publish --env prod'",
            Assert.Single(CdkProject.Errors(prod)),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_stack_with_an_open_account_takes_the_environment_of_the_app()
    {
        var stack = Stack(App("dev"), "Open", null);

        Assert.Empty(CdkProject.Errors(stack));
        Assert.Contains(Dev, Assert.Single(CdkProject.Images(stack)), StringComparison.Ordinal);
    }

    [Fact]
    public void An_app_started_for_the_local_environment_takes_its_images_for_all_stacks()
    {
        var stack = Stack(App("local"), "Dev", Dev);

        Assert.Empty(CdkProject.Errors(stack));
        Assert.Contains(new string('9', 64), Assert.Single(CdkProject.Images(stack)), StringComparison.Ordinal);
    }

    [Fact]
    public void Staleness_is_reported_as_the_tool_found_it()
    {
        head = Head('f');
        var stale = Stack(App("dev", ("lading:stale", "warn")), "Dev", Dev);
        head = Head('a');
        var current = Stack(App("dev", ("lading:stale", "warn")), "Dev", Dev);
        head = HeadIdentities.Unknown("Could not find git.");
        var unknown = Stack(App("dev", ("lading:stale", "error")), "Dev", Dev);

        Assert.Contains(
            "Image web does not match HEAD: the lock pins it as it was at 111111111111",
            Assert.Single(CdkProject.Warnings(stale)),
            StringComparison.Ordinal
        );
        Assert.Empty(CdkProject.Warnings(current));
        Assert.Contains(
            "Could not compare the lock with HEAD. Could not find git.",
            Assert.Single(CdkProject.Errors(unknown)),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Tags_come_from_the_handed_over_HEAD()
    {
        var stack = CdkProject.Stack(App("dev"), Dev);

        var image = LadingImage.ReferenceFor(stack, "web", new LadingImageProps { Pin = ImagePin.SourceTag });

        Assert.Equal($"src-{new string('a', 40)}", image.TagOrDigest);
    }

    [Fact]
    public void A_stage_with_its_own_lock_reads_that_lock()
    {
        project.WriteLock("dev", "e", "pins/dev.lock.json", "web");
        var stage = new Stage(App("dev"), "Canary");
        stage.Node.SetContext("lading:lock", "pins");

        var stack = Stack(stage, "Dev", Dev);

        Assert.Contains(new string('e', 64), Assert.Single(CdkProject.Images(stack)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_document_from_a_newer_tool_is_one_clear_error()
    {
        var app = project.App(
            ("lading:app", new Dictionary<string, object>(StringComparer.Ordinal) { ["appVersion"] = 2 })
        );

        var error = Assert.Single(CdkProject.Errors(Stack(app, "Dev", Dev)));

        Assert.Contains("handed over by a newer Lading", error, StringComparison.Ordinal);
    }

    private static Stack Stack(Constructs.Construct scope, string id, string? account)
    {
        var stack = new Stack(
            scope,
            id,
            account is null
                ? null
                : new StackProps
                {
                    Env = new Amazon.CDK.Environment { Account = account, Region = "ap-northeast-1" },
                }
        );
        CdkProject.Task(stack, "web");
        return stack;
    }

    private App App(string environment, params (string Key, object Value)[] context)
    {
        var configuration = ConfigurationReader.Read(
            File.ReadAllBytes(Path.Combine(project.Root, "lading.json")),
            "lading.json"
        );
        // The app finds no lock on disk: these exist only while the document is made.
        var folder = Directory.CreateTempSubdirectory("lading-locks-");
        try
        {
            LockFile.Write(
                LockPath.In(folder.FullName, "dev"),
                ImageLock.Of("dev", [("web", ALock.Image('a', new string('1', 40)))])
            );
            LockFile.Write(LockPath.In(folder.FullName, "local"), ImageLock.Of("local", [("web", ALock.Image('9'))]));
            var document = new AppGathering(
                new ProjectFolder(project.Root, configuration),
                folder.FullName,
                head
            ).Gather(environment);
            var text = AppDocumentWriter
                .Write(document)
                .ToJsonString()
                .Replace(folder.FullName, Path.Combine(project.Root, ".lading"), StringComparison.Ordinal);
            return project.App([.. context, ("lading:app", Plain(JsonNode.Parse(text))!)]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>A value as jsii accepts it.</summary>
    private static object? Plain(JsonNode? node) =>
        node switch
        {
            JsonObject members => members.ToDictionary(
                pair => pair.Key,
                pair => Plain(pair.Value),
                StringComparer.Ordinal
            ),
            JsonArray items => items.Select(Plain).ToArray(),
            JsonValue value when value.TryGetValue<string>(out var text) => text,
            JsonValue value when value.TryGetValue<bool>(out var flag) => flag,
            JsonValue value => value.GetValue<int>(),
            _ => null,
        };

    private static HeadIdentities Head(char digit) =>
        new(
            new string('2', 40),
            null,
            new Dictionary<string, HeadImage>(StringComparer.Ordinal)
            {
                ["web"] = new(Fingerprint.Parse(new string(digit, 64)), 1, [LadingPlatform.LinuxAmd64]),
            }
        );
}

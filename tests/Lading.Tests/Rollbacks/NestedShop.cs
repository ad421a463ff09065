using System.Text.Json;
using System.Text.Json.Nodes;
using Lading.Oci;
using Lading.Records;
using Lading.Testing.Cloud.Stacks;
using Lading.Tests.Running;

namespace Lading.Tests.Rollbacks;

/// <summary>A shop whose service is in a nested stack, deployed with the CDK's bootstrap.</summary>
/// <param name="world">The account.</param>
internal sealed class NestedShop(RollbackWorld world)
{
    public const string Bucket = $"cdk-hnb659fds-assets-{RunningWorld.Account}-{RunningWorld.Region}";
    public const string Role =
        $"arn:aws:iam::{RunningWorld.Account}:role/cdk-hnb659fds-cfn-exec-role-{RunningWorld.Account}-{RunningWorld.Region}";

    /// <summary>Deploys an image as the CDK does, with the templates of nested stacks in the bucket.</summary>
    /// <param name="image">The image.</param>
    /// <param name="queue">The name of a queue in another nested stack.</param>
    /// <param name="beside">The image of a service with the same logical id in that stack; null for none.</param>
    public void Deploy(string image, string queue = "jobs", string? beside = null)
    {
        world.Aws.Buckets.Names.Add(Bucket);
        var inner = new StackPlan(
            "Shop-Inner-1A2B",
            new Dictionary<string, ServicePlan> { ["Web"] = RunningWorld.Service(image) }
        )
        {
            HasRecord = false,
        };
        var services = new Dictionary<string, ServicePlan>();
        if (beside is not null)
        {
            services.Add("Web", RunningWorld.Service(beside));
        }

        var other = new StackPlan("Shop-Other-3C4D", services)
        {
            HasRecord = false,
            Others = new Dictionary<string, OtherPlan> { ["Jobs"] = new(queue, Resource("AWS::SQS::Queue")) },
        };
        var stacks = new[] { ("Inner", inner), ("Other", other) }
            .Select(each => (Id: each.Item1, Stack: world.Aws.Stacks.Deploy(each.Item2)))
            .ToList();
        var top = world.Aws.Stacks.Deploy(
            new StackPlan("Shop", new Dictionary<string, ServicePlan>())
            {
                Record = RecordWriter
                    .Write(
                        new StackRecord(
                            "prod",
                            new Dictionary<string, RecordedImage>
                            {
                                ["web"] = new(
                                    image[(image.IndexOf('/', StringComparison.Ordinal) + 1)..],
                                    ["Inner/WebTask/web"]
                                ),
                            }
                        )
                    )
                    .Single(),
                Others = stacks.ToDictionary(
                    each => each.Id,
                    each => new OtherPlan(each.Stack.Id, Resource("AWS::CloudFormation::Stack", Put(each.Stack.Text)))
                ),
            }
        );
        top.Role = Role;
        foreach (var (_, stack) in stacks)
        {
            stack.ParentId = top.Id;
        }

        world.Aws.Stacks.Advance(TimeSpan.FromHours(20));
    }

    /// <summary>The key of a nested stack's template in the bucket, according to its parent.</summary>
    public string KeyOf(string logicalId)
    {
        using var template = JsonDocument.Parse(world.Aws.Stacks["Shop"].Text);
        return template
            .RootElement.GetProperty("Resources")
            .GetProperty(logicalId)
            .GetProperty("Properties")
            .GetProperty("TemplateURL")
            .GetProperty("Fn::Join")[1][2]
            .GetString()!
            .Split('/')[^1];
    }

    private static string Put(RollbackWorld world, string text)
    {
        var key = $"{Digest.OfBytes(System.Text.Encoding.UTF8.GetBytes(text)).Hex}.json";
        world.Aws.Buckets.Objects[(Bucket, key)] = text;
        return key;
    }

    private string Put(string text) => Put(world, text);

    private static JsonObject Resource(string type, string? key = null) =>
        new()
        {
            ["Type"] = type,
            ["Properties"] = key is null
                ? []
                : new JsonObject
                {
                    ["TemplateURL"] = new JsonObject
                    {
                        ["Fn::Join"] = new JsonArray(
                            "",
                            new JsonArray(
                                $"https://s3.{RunningWorld.Region}.",
                                new JsonObject { ["Ref"] = "AWS::URLSuffix" },
                                $"/{Bucket}/{key}"
                            )
                        ),
                    },
                },
        };
}

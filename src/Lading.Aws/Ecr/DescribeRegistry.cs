using System.Text.Json;
using Lading.Aws.Ecs;

namespace Lading.Aws.Ecr;

/// <summary>ecr:DescribeRegistry: where the registry of the caller's account copies images to.</summary>
internal sealed record DescribeRegistry() : EcrOperation<IReadOnlyList<ReplicationRule>>("")
{
    public override string Attempted => "Could not read where images are replicated to";

    protected override void WriteMembers(Utf8JsonWriter json) { }

    protected override IReadOnlyList<ReplicationRule> Read(JsonElement answer) =>
        answer.TryGet(out var replication, "replicationConfiguration")
            ?
            [
                .. EcsJson
                    .Items(replication, "rules")
                    .Select(rule => new ReplicationRule(
                        [
                            .. EcsJson
                                .Items(rule, "destinations")
                                .Select(to => (EcsJson.Text(to, "registryId"), EcsJson.Text(to, "region"))),
                        ],
                        [.. EcsJson.Items(rule, "repositoryFilters").Select(each => EcsJson.Text(each, "filter"))]
                    )),
            ]
            : [];
}

/// <summary>Where some repositories are copied to.</summary>
/// <param name="Destinations">Accounts and regions.</param>
/// <param name="Prefixes">What the names of the repositories begin with; empty for all.</param>
internal sealed record ReplicationRule(
    IReadOnlyList<(string Account, string Region)> Destinations,
    IReadOnlyList<string> Prefixes
);

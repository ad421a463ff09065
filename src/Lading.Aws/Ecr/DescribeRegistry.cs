using System.Text.Json;
using Lading.Aws.Protocols;

namespace Lading.Aws.Ecr;

/// <summary>ecr:DescribeRegistry: the replication rules of the caller's registry.</summary>
internal sealed record DescribeRegistry() : EcrOperation<IReadOnlyList<ReplicationRule>>("")
{
    public override string Attempted => "Could not read where images are replicated to";

    protected override void WriteMembers(Utf8JsonWriter json) { }

    protected override IReadOnlyList<ReplicationRule> Read(JsonElement answer) =>
        answer.TryGet(out var replication, "replicationConfiguration")
            ?
            [
                .. AwsJson
                    .Items(replication, "rules")
                    .Select(rule => new ReplicationRule(
                        [
                            .. AwsJson
                                .Items(rule, "destinations")
                                .Select(to => (AwsJson.Text(to, "registryId"), AwsJson.Text(to, "region"))),
                        ],
                        [.. AwsJson.Items(rule, "repositoryFilters").Select(each => AwsJson.Text(each, "filter"))]
                    )),
            ]
            : [];
}

/// <summary>A replication rule.</summary>
/// <param name="Destinations">Accounts and regions.</param>
/// <param name="Prefixes">The prefixes of repository names; empty for all.</param>
internal sealed record ReplicationRule(
    IReadOnlyList<(string Account, string Region)> Destinations,
    IReadOnlyList<string> Prefixes
);

using Lading.Testing;
using Lading.Testing.Cloud.Stacks;

namespace Lading.Tests.Retention.Gathering;

/// <summary>
/// The policy in docs/iam.md for the role that plans a clean-up allows every call that it makes, and nothing else.
/// </summary>
public sealed class AllowingACleanUp : IDisposable
{
    private readonly RetentionWorld world = new();

    public void Dispose() => world.Dispose();

    [Fact]
    public async Task The_policy_allows_every_call_and_nothing_else()
    {
        world.Image('a');
        world.Aws.Ecr.Indexes[RetentionWorld.Digest('a')] = """{"schemaVersion":2,"manifests":[]}""";
        world.UseEverything();
        world.Aws.Ecs.Services.Single().Current.FinishedAt = null;
        // A resource whose image can only be found by looking at what CloudFormation created, and a change set with
        // parameters.
        world.Aws.Stacks["Shop"].Template =
            """{"Resources":{"Fleet":{"Type":"AWS::GameLift::ContainerGroupDefinition","Properties":{"GameServerContainerDefinition":{"ImageUri":{"Ref":"Build"}}}}}}""";
        world.Aws.StacksApi.ChangeSets.Sets.Add(
            new TestChangeSet
            {
                Id = "arn:aws:cloudformation:eu-central-1:222222222222:changeSet/next/1",
                Name = "next",
                Stack = world.Aws.Stacks["Shop"],
                Template = "{}",
                MadeFor = null,
                Status = "CREATE_COMPLETE",
            }
        );

        await world.RunAsync();

        var allowed = DocumentedPolicies.Under("`prune`").Keys;
        Assert.Equal(
            allowed.Order(StringComparer.Ordinal),
            world
                .Aws.Calls.Where(call => !call.StartsWith("sts:", StringComparison.Ordinal))
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
        );
        Assert.All(allowed, action => Assert.Matches(":(Describe|List|Get|BatchGet)", action));
    }
}

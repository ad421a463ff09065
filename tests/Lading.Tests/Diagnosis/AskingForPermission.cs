using Lading.Testing;

namespace Lading.Tests.Diagnosis;

/// <summary>
/// The policy in docs/iam.md allows what doctor calls beyond the policies for status and check, and nothing else.
/// </summary>
public sealed class AskingForPermission
{
    [Fact]
    public async Task The_policy_allows_every_call_and_nothing_else()
    {
        await using var world = await AccountWorld.StartAsync();
        world.Folder.Variables.Remove("AWS_ENDPOINT_URL_ECR");
        world.Deploy(world.World.Image("shop/web", 'a'), "WebRole");
        world.Aws.Iam.Roles["WebRole"] = new()
        {
            Managed = { ["arn:aws:iam::aws:policy/login"] = """{"Statement":[]}""" },
            Own = { ["pull"] = """{"Statement":[]}""" },
        };
        await world.DoctorAsync();
        // Policies are read if simulation is denied.
        world.Aws.Roles.Denied.Add("iam:SimulatePrincipalPolicy");
        await world.DoctorAsync("pull-permission");

        var own = DocumentedPolicies.Under("`doctor`").Keys;
        var others = DocumentedPolicies.Under("`status`").Keys.Concat(DocumentedPolicies.Under("`check`").Keys);
        var called = world.Aws.Calls.Where(call => call != "sts:GetCallerIdentity").ToHashSet(StringComparer.Ordinal);
        Assert.Empty(called.Except(own).Except(others));
        // Previews of lifecycle rules are requested only if there are rules.
        string[] unseen = ["ecr:StartLifecyclePolicyPreview", "ecr:GetLifecyclePolicyPreview"];
        Assert.Empty(own.Except(called).Except(unseen));
        Assert.All(own.Except(["sts:AssumeRole"]), action => Assert.Matches(":(Get|List|Simulate|Start)", action));
    }
}

using Lading.Testing;

namespace Lading.EndToEndTests.Deploy;

/// <summary>
/// A verb's documented policy allows every call that the verb makes, and no policy allows what nothing needs.
/// </summary>
[Collection(DeployedApps.Name)]
public sealed class KeepingToPolicies(DeployedApp app)
{
    [Fact]
    public async Task Verbs_need_no_more_than_their_policies_allow()
    {
        app.Repository.Write("src/site/pages/policies.txt", "Policies\n");
        await app.Repository.CommitAsync("Add a page on policies");
        var reading = DocumentedPolicies.Under("`check`");
        var publishing = DocumentedPolicies.Under("`publish`");
        var deploying = DocumentedPolicies.Under("`deploy`");

        var publish = await ActionsAsync(DeployedApp.Dev, "publish", "--env", "dev");
        var promote = await ActionsAsync(DeployedApp.Prod, "promote", "dev", "prod");
        var origin = await ActionsAsync(DeployedApp.Dev, "resolve", "--env", "dev");
        var check = await ActionsAsync(DeployedApp.Dev, "check", "--env", "dev");
        var plan = await ActionsAsync(DeployedApp.Dev, "plan", "--env", "dev");
        var run = await ActionsAsync(DeployedApp.Dev, "run", "--env", "dev", "--", "node", "--version");
        var deploy = await ActionsAsync(DeployedApp.Dev, ["deploy", "--env", "dev", "--", .. DeployedApp.Unasked]);

        Allowed(publishing, publish);
        Allowed(publishing, promote);
        Allowed(reading, origin);
        Allowed(reading, check);
        Allowed(reading, plan);
        Allowed(reading, run);
        Assert.NotEmpty(run);
        Allowed(deploying, deploy);
        Assert.Contains("sts:AssumeRole", deploy);
        Assert.Contains("ecr:PutImage", publish);

        // Every action in a policy is needed by something: here, except for those on a repository that is missing or
        // not known to have immutable tags, and those on layers and referrers, which are looked for and pulled if
        // images come from another registry.
        string[] elsewhere =
        [
            "ecr:CreateRepository",
            "ecr:DescribeRepositories",
            "ecr:BatchCheckLayerAvailability",
            "ecr:GetDownloadUrlForLayer",
            "ecr:ListImageReferrers",
        ];
        string[] seen = [.. publish, .. promote, .. elsewhere];
        Assert.Empty(publishing.Keys.Except(seen, StringComparer.Ordinal));
    }

    private static void Allowed(IReadOnlyDictionary<string, string> policy, IReadOnlyCollection<string> actions) =>
        Assert.Empty(actions.Except(policy.Keys, StringComparer.Ordinal));

    /// <summary>
    /// What a verb does with an account's own credentials: Lading's calls, and those of cdk before it assumes a role.
    /// </summary>
    private async Task<IReadOnlyCollection<string>> ActionsAsync(string account, params IReadOnlyList<string> arguments)
    {
        var calls = app.Cloud.Calls.Count;
        var data = app.Cloud[account].Data.Requests.Count;
        (await app.LadingAsync(arguments)).Succeeded();
        return
        [
            .. app
                .Cloud.Calls.Skip(calls)
                .Where(call => call.Account == account && !call.IsByRole && call.Action != "sts:GetCallerIdentity")
                .Select(call => call.Action)
                .Concat(
                    app.Cloud[account]
                        .Data.Requests.Skip(data)
                        .SelectMany(request => DocumentedPolicies.ActionsOf(request.Method, request.Address))
                )
                .Distinct(StringComparer.Ordinal),
        ];
    }
}

using Lading.Aws.Diagnosis;
using Lading.Aws.Iam;
using Lading.Diagnosis;
using Lading.Leases;
using Lading.Oci;
using Lading.Processes;

namespace Lading.Tests.Diagnosis;

/// <summary>
/// Whether a role may pull is decided from its policies and the repository's (IAM user guide, "Policy evaluation
/// logic").
/// </summary>
public sealed class DecidingWhoMayPull
{
    private const string Role = "arn:aws:iam::222222222222:role/Web";
    private const string Repository = "arn:aws:ecr:eu-central-1:222222222222:repository/shop/web";

    [Theory]
    [InlineData("""{"Effect":"Allow","Action":"*","Resource":"*"}""", "Allowed")]
    [InlineData("""{"Effect":"Allow","Action":"ECR:batchget*","Resource":"*"}""", "Allowed")]
    [InlineData("""{"Effect":"Allow","Action":"ecr:Batch?etImage","Resource":"*"}""", "Allowed")]
    [InlineData("""{"Effect":"Allow","Action":"ecr:*","Resource":"arn:aws:ecr:*:*:repository/shop/*"}""", "Allowed")]
    [InlineData("""{"Effect":"Allow","Action":"ecr:*","Resource":"arn:aws:ecr:*:*:repository/Shop/*"}""", "Silent")]
    [InlineData("""{"Effect":"Allow","NotAction":"iam:*","Resource":"*"}""", "Allowed")]
    [InlineData("""{"Effect":"Allow","NotAction":"ecr:*","Resource":"*"}""", "Silent")]
    [InlineData(
        """{"Effect":"Allow","Action":"ecr:*","NotResource":"arn:aws:ecr:*:*:repository/shop/web"}""",
        "Silent"
    )]
    [InlineData("""{"Effect":"Allow","Action":"ecr:*","Resource":"*","Condition":{"Bool":{}}}""", "Conditional")]
    [InlineData(
        """{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Action":"ecr:Batch*","Resource":"*"}""",
        "Denied"
    )]
    // A denial may apply.
    [InlineData(
        """{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Action":"ecr:*","Resource":"*","Condition":{}}""",
        "Conditional"
    )]
    [InlineData("""{"Effect":"Deny","Action":"ecr:*","Resource":"*","Condition":{}}""", "Restricted")]
    public void A_policy_of_a_role(string statements, string expected) =>
        Assert.Equal(
            expected,
            PolicyDocument
                .Parse($$"""{"Version":"2012-10-17","Statement":[{{statements}}]}""")
                .Decide("ecr:BatchGetImage", Repository)
                .ToString()
        );

    [Theory]
    [InlineData("\"*\"", "Allowed")]
    // An account leaves the decision to the policies of its roles.
    [InlineData("""{"AWS":"222222222222"}""", "Silent")]
    [InlineData("""{"AWS":["arn:aws:iam::111111111111:root","arn:aws:iam::222222222222:root"]}""", "Silent")]
    [InlineData("""{"AWS":"arn:aws:iam::222222222222:role/Web"}""", "Allowed")]
    [InlineData("""{"AWS":"arn:aws:iam::222222222222:role/Other"}""", "Silent")]
    [InlineData("""{"Service":"lambda.amazonaws.com"}""", "Silent")]
    public void A_policy_of_a_repository(string principal, string expected) =>
        Assert.Equal(
            expected,
            PolicyDocument
                .Parse(
                    $$"""{ "Statement": { "Effect": "Allow", "Principal": {{principal}}, "Action": "ecr:BatchGetImage" } }"""
                )
                .Decide("ecr:BatchGetImage", Repository, Role)
                .ToString()
        );

    [Theory]
    [InlineData("222222222222", "Allow", "Silent")]
    [InlineData("222222222222", "Deny", "Denied")]
    [InlineData("111111111111", "Allow", "Allowed")]
    [InlineData("111111111111", "Deny", "Denied")]
    public void A_policy_of_a_repository_that_names_an_account(string owner, string effect, string expected) =>
        Assert.Equal(
            expected,
            PolicyDocument
                .Parse(
                    $$"""{ "Statement": { "Effect": "{{effect}}", "Principal": {"AWS":"arn:aws:iam::222222222222:root"}, "Action": "ecr:*" } }"""
                )
                .Decide("ecr:BatchGetImage", Repository.Replace("222222222222", owner, StringComparison.Ordinal), Role)
                .ToString()
        );

    [Theory]
    [InlineData("{}")]
    [InlineData("no json")]
    public void Refuses_text_that_is_not_a_policy(string text) =>
        Assert.Throws<FormatException>(() => PolicyDocument.Parse(text));

    [Theory]
    // Within an account, either policy is enough, and a denial in either is final.
    [InlineData("222222222222", "Allowed", "Silent", "Fine")]
    [InlineData("222222222222", "Silent", "Allowed", "Fine")]
    [InlineData("222222222222", "Silent", "Silent", "Broken")]
    [InlineData("222222222222", "Denied", "Allowed", "Broken")]
    [InlineData("222222222222", "Allowed", "Denied", "Broken")]
    [InlineData("222222222222", "Conditional", "Silent", "Unknown")]
    [InlineData("222222222222", "Silent", "Conditional", "Unknown")]
    [InlineData("222222222222", "Allowed", "Conditional", "Fine")]
    [InlineData("222222222222", "Allowed", "Restricted", "Unknown")]
    [InlineData("222222222222", "Restricted", "Allowed", "Unknown")]
    [InlineData("222222222222", "Silent", "Restricted", "Broken")]
    // Across accounts, both must agree.
    [InlineData("111111111111", "Allowed", "Allowed", "Fine")]
    [InlineData("111111111111", "Allowed", "Silent", "Broken")]
    [InlineData("111111111111", "Silent", "Allowed", "Broken")]
    [InlineData("111111111111", "Allowed", "Conditional", "Unknown")]
    [InlineData("111111111111", "Allowed", "Restricted", "Broken")]
    [InlineData("111111111111", "Restricted", "Allowed", "Broken")]
    public void Both_policies_count(string owner, string byRole, string byRepository, string expected)
    {
        var finding = PullRules.Decide(Pulling(owner, byRole, byRepository));

        Assert.True(expected == finding.Severity.ToString(), finding.ToString());
        Assert.Equal(expected == "Broken", finding.Paste is not null);
    }

    [Fact]
    public void The_policy_of_a_repository_of_another_account_names_the_role()
    {
        var finding = PullRules.Decide(Pulling("111111111111", "Allowed", "Silent"));

        Assert.Contains("the policy of repository shop/web in 111111111111", finding.Text, StringComparison.Ordinal);
        Assert.Contains($"\"AWS\": \"{Role}\"", finding.Paste, StringComparison.Ordinal);
        // It is pasted as it is, so it must be a policy that allows the pull.
        Assert.Equal(
            PolicyDecision.Allowed,
            PolicyDocument.Parse(finding.Paste!).Decide("ecr:BatchGetImage", Repository, Role)
        );
    }

    [Fact]
    public void Unreadable_facts_never_pass()
    {
        var pulling = Pulling("111111111111", "Allowed", "Allowed");

        Assert.Equal(
            Severity.Unknown,
            PullRules.Decide(pulling with { ByRepository = null, Unread = "no access" }).Severity
        );
        Assert.Equal(
            Severity.Unknown,
            PullRules.Decide(pulling with { ByRole = null, ByRepository = null, Unread = "no access" }).Severity
        );
    }

    [Theory]
    [InlineData("test", true, true)]
    [InlineData("alice", true, false)]
    [InlineData("test", false, false)]
    public void A_lease_is_left_over_from_an_ended_run_of_the_same_user(string holder, bool hasEnded, bool isLeft)
    {
        var lease = new Lease("0", holder, "lading deploy", default, default) { Process = ProcessMark.Own.ToString() };

        Assert.Equal(isLeft, LeasesCheck.IsLeft(lease, "test", (_, _) => hasEnded));
        Assert.False(LeasesCheck.IsLeft(lease with { Process = null }, "test", (_, _) => true));
        Assert.False(LeasesCheck.IsLeft(null, "test", (_, _) => true));
    }

    private static PullingRole Pulling(string owner, string byRole, string byRepository)
    {
        var repository = Enum.Parse<PolicyDecision>(byRepository);
        return new PullingRole(Role, new EcrAddress(owner, "eu-central-1"), RepositoryName.Parse("shop/web"))
        {
            ByRole = PullingRole
                .Actions.Select(action => (action, Enum.Parse<PolicyDecision>(byRole)))
                .Append((PullingRole.Login, PolicyDecision.Allowed))
                .ToDictionary(each => each.Item1, each => each.Item2, StringComparer.Ordinal),
            ByRepository = PullingRole.Actions.ToDictionary(action => action, _ => repository, StringComparer.Ordinal),
        };
    }
}

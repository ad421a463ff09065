using Lading.Aws;
using Lading.Aws.Diagnosis;
using Lading.Http;
using Lading.Oci;
using Lading.Testing;
using Lading.Testing.Cloud;

namespace Lading.Tests.Diagnosis;

/// <summary>Many services pull from few repositories: the calls to IAM and ECR do not multiply.</summary>
public sealed class ReadingPullPolicies
{
    private const string Account = "111111111111";

    [Fact]
    public async Task The_policy_of_a_repository_is_read_once_whatever_pulls_from_it()
    {
        using var aws = new TestAws(Account, "eu-west-1", DateTimeOffset.UnixEpoch);
        aws.Ecr.Policies["shop/web"] =
            """{"Statement":{"Effect":"Allow","Principal":"*","Action":["ecr:BatchGetImage","ecr:GetDownloadUrlForLayer"]}}""";
        using var http = HttpConnections.Create(ProxyResolver.None, _ => aws);
        var variables = new Dictionary<string, string>
        {
            ["AWS_ACCESS_KEY_ID"] = "testing",
            ["AWS_SECRET_ACCESS_KEY"] = "testing",
            ["AWS_CONFIG_FILE"] = "/dev/null",
            ["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null",
        };
        var settings = new AwsSettings
        {
            Environment = "prod",
            Account = Account,
            Region = "eu-west-1",
            Variable = variables.GetValueOrDefault,
        };
        using var session = new AwsSession(settings, http, TestClient.AtOnce, []);
        var policies = new PullPolicies(new AccountReader(session, () => Account));
        Assert.True(EcrAddress.TryParse(aws.Host, out var registry));
        foreach (var role in new[] { "one", "two", "three" })
        {
            aws.Iam.Roles[role] = new();
        }

        var read = await Task.WhenAll(
            aws.Iam.Roles.Keys.Select(role =>
                policies.ReadAsync(
                    new PullingRole($"arn:aws:iam::{Account}:role/{role}", registry, RepositoryName.Parse("shop/web")),
                    TestContext.Current.CancellationToken
                )
            )
        );

        Assert.All(read, each => Assert.NotNull(each.ByRepository));
        Assert.Single(aws.Calls, "ecr:GetRepositoryPolicy");
    }
}

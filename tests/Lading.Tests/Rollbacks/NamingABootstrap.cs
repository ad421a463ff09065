using System.Text.Json;
using Lading.Rollbacks;
using Lading.Running.Evidence;

namespace Lading.Tests.Rollbacks;

public sealed class NamingABootstrap
{
    [Theory]
    [InlineData(
        "arn:aws:iam::111111111111:role/cdk-hnb659fds-cfn-exec-role-111111111111-eu-west-1",
        null,
        "cdk-hnb659fds-assets-111111111111-eu-west-1"
    )]
    [InlineData(
        "arn:aws:iam::111111111111:role/path/cdk-team-1-cfn-exec-role-111111111111-eu-west-1",
        "/cdk-bootstrap/other/version",
        "cdk-team-1-assets-111111111111-eu-west-1"
    )]
    [InlineData(null, "/cdk-bootstrap/mine/version", "cdk-mine-assets-111111111111-eu-west-1")]
    [InlineData(
        "arn:aws:iam::111111111111:role/own",
        "/cdk-bootstrap/mine/version",
        "cdk-mine-assets-111111111111-eu-west-1"
    )]
    [InlineData(null, null, null)]
    [InlineData("arn:aws:iam::111111111111:role/own", "/elsewhere", null)]
    public void Reads_the_qualifier_of_the_role_or_of_the_parameter(string? role, string? version, string? bucket) =>
        Assert.Equal(bucket, Bootstrap.Find(Stack(role, version))?.Bucket);

    [Theory]
    [InlineData("https://s3.eu-west-1.amazonaws.com/b/k.json", "b", "k.json")]
    [InlineData("https://b.s3.eu-west-1.amazonaws.com/a/k.json", "b", "a/k.json")]
    [InlineData("https://s3-eu-west-1.amazonaws.com/b/a/k.json", "b", "a/k.json")]
    [InlineData("https://my.b.s3.cn-north-1.amazonaws.com.cn/k.json", "my.b", "k.json")]
    [InlineData("https://example.com/b/k.json", null, null)]
    [InlineData("https://s3.eu-west-1.amazonaws.com/b", null, null)]
    [InlineData("not an address", null, null)]
    public void An_S3_address_is_read_in_both_forms(string address, string? bucket, string? key)
    {
        var read = BucketAddress.TryParse(address);

        Assert.Equal((bucket, key), (read?.Bucket, read?.Key));
    }

    private static StackEvidence Stack(string? role, string? version) =>
        new()
        {
            Name = "Shop",
            Id = "arn:aws:cloudformation:eu-west-1:111111111111:stack/Shop/1",
            Status = "UPDATE_COMPLETE",
            CreatedAt = DateTimeOffset.UnixEpoch,
            Role = role,
            Template = version is null
                ? null
                : JsonSerializer.SerializeToElement(
                    new Dictionary<string, object>
                    {
                        ["Parameters"] = new Dictionary<string, object>
                        {
                            ["BootstrapVersion"] = new Dictionary<string, string> { ["Default"] = version },
                        },
                    }
                ),
            Source = new FactOrigin("cloudformation:DescribeStacks", "Shop", DateTimeOffset.UnixEpoch),
        };
}

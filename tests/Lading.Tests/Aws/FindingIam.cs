using Lading.Aws;

namespace Lading.Tests.Aws;

/// <summary>
/// IAM has one address per partition, and requests are signed for the region it is in (as in botocore 1.43).
/// </summary>
public sealed class FindingIam
{
    [Theory]
    [InlineData("eu-west-1", "", "iam.amazonaws.com", "us-east-1")]
    [InlineData("eu-west-1", "dual", "iam.global.api.aws", "us-east-1")]
    [InlineData("us-east-1", "fips", "iam-fips.amazonaws.com", "us-east-1")]
    [InlineData("us-east-1", "fips dual", "iam-fips.global.api.aws", "us-east-1")]
    [InlineData("cn-northwest-1", "", "iam.cn-north-1.amazonaws.com.cn", "cn-north-1")]
    [InlineData("cn-north-1", "dual", "iam.global.api.amazonwebservices.com.cn", "cn-north-1")]
    [InlineData("us-gov-east-1", "", "iam.us-gov.amazonaws.com", "us-gov-west-1")]
    [InlineData("us-gov-west-1", "fips dual", "iam.us-gov.api.aws", "us-gov-west-1")]
    [InlineData("us-iso-east-1", "", "iam.us-iso-east-1.c2s.ic.gov", "us-iso-east-1")]
    [InlineData("eusc-de-east-1", "", "iam.eusc-de-east-1.amazonaws.eu", "eusc-de-east-1")]
    public void By_partition(string region, string kinds, string host, string signed)
    {
        var settings = new AwsSettings
        {
            Environment = "dev",
            Account = "111111111111",
            Region = region,
            Variable = name =>
                name switch
                {
                    "AWS_USE_FIPS_ENDPOINT" => kinds.Contains("fips", StringComparison.Ordinal) ? "true" : null,
                    "AWS_USE_DUALSTACK_ENDPOINT" => kinds.Contains("dual", StringComparison.Ordinal) ? "true" : null,
                    "AWS_CONFIG_FILE" or "AWS_SHARED_CREDENTIALS_FILE" => "/dev/null",
                    _ => null,
                },
        };

        var address = ServiceAddress.Of(AwsService.Iam, settings, profile: null);

        Assert.Equal(host, address.Root.Host);
        Assert.Equal(signed, address.Region);
    }
}

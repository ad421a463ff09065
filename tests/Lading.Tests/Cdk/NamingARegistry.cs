using Lading.Cdk.Synthesis;
using Lading.Configuration;

namespace Lading.Tests.Cdk;

public sealed class NamingARegistry
{
    private static readonly EnvironmentDefinition Dev = new()
    {
        Name = "dev",
        Account = "111111111111",
        Region = "ap-northeast-1",
    };

    [Fact]
    public void Without_an_environment_it_is_the_stacks_own()
    {
        Assert.Same(TargetRegistry.OfStack, TargetRegistry.Of(null));
        Assert.True(TargetRegistry.OfStack.IsEcr);
    }

    [Fact]
    public void The_embedded_registry_has_no_name_in_templates()
    {
        Assert.Same(
            TargetRegistry.OfStack,
            TargetRegistry.Of(new EnvironmentDefinition { Name = "local", Registry = "embedded" })
        );
    }

    [Fact]
    public void An_environment_has_the_registry_of_its_account_and_region()
    {
        Assert.Equal(new TargetRegistry(null, "111111111111", "ap-northeast-1"), TargetRegistry.Of(Dev));
    }

    [Fact]
    public void One_account_may_keep_the_images_of_all_environments()
    {
        Assert.Equal(
            new TargetRegistry(null, "333333333333", "ap-northeast-1"),
            TargetRegistry.Of(Dev with { Registry = "333333333333" })
        );
    }

    [Theory]
    [InlineData("333333333333.dkr.ecr.eu-west-1.amazonaws.com", "eu-west-1")]
    [InlineData("333333333333.dkr.ecr.cn-north-1.amazonaws.com.cn", "cn-north-1")]
    [InlineData("333333333333.dkr.ecr-fips.us-east-1.amazonaws.com", "us-east-1")]
    [InlineData("333333333333.dkr-ecr.us-west-2.on.aws", "us-west-2")]
    public void An_ECR_host_is_written_as_it_is_and_needs_a_permission_to_pull(string host, string region)
    {
        var place = TargetRegistry.Of(Dev with { Registry = host });

        Assert.Equal(new TargetRegistry(host, "333333333333", region), place);
        Assert.True(place.IsEcr);
    }

    [Theory]
    [InlineData("registry.example.com")]
    [InlineData("registry.example.com:5000")]
    [InlineData("33.dkr.ecr.eu-west-1.amazonaws.com")]
    public void Any_other_host_is_written_as_it_is(string host)
    {
        var place = TargetRegistry.Of(Dev with { Registry = host });

        Assert.Equal(new TargetRegistry(host, null, null), place);
        Assert.False(place.IsEcr);
    }
}

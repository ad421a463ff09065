using Lading.Oci;

namespace Lading.Tests.Oci;

public sealed class ReadingEcrAddresses
{
    [Theory]
    [InlineData("111111111111.dkr.ecr.eu-west-1.amazonaws.com", "eu-west-1", 0)]
    [InlineData("111111111111.dkr.ecr-fips.us-gov-west-1.amazonaws.com", "us-gov-west-1", 1)]
    [InlineData("111111111111.dkr-ecr.eu-west-1.on.aws", "eu-west-1", 2)]
    [InlineData("111111111111.dkr-ecr-fips.us-east-1.on.aws", "us-east-1", 3)]
    [InlineData("111111111111.dkr.ecr.cn-north-1.amazonaws.com.cn", "cn-north-1", 0)]
    [InlineData("111111111111.dkr-ecr.cn-north-1.on.amazonwebservices.com.cn", "cn-north-1", 2)]
    [InlineData("111111111111.dkr.ecr.us-iso-east-1.c2s.ic.gov", "us-iso-east-1", 0)]
    [InlineData("111111111111.dkr.ecr.us-isob-east-1.sc2s.sgov.gov", "us-isob-east-1", 0)]
    [InlineData("111111111111.dkr.ecr.eu-isoe-west-1.cloud.adc-e.uk", "eu-isoe-west-1", 0)]
    [InlineData("111111111111.dkr.ecr.us-isof-south-1.csp.hci.ic.gov", "us-isof-south-1", 0)]
    [InlineData("111111111111.dkr.ecr.eusc-de-east-1.amazonaws.eu", "eusc-de-east-1", 0)]
    public void Every_partition_and_form_is_the_registry_of_its_account_and_region(string host, string region, int form)
    {
        Assert.True(EcrAddress.TryParse(host, out var address));
        Assert.Equal(("111111111111", region, (EcrHostForm)form), (address.Account, address.Region, address.Form));
        Assert.True(EcrAddress.TryParse(address.Host, out var standard));
        Assert.Equal(EcrHostForm.Standard, standard.Form);
        if (form == 0)
        {
            Assert.Equal(host, address.Host);
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("public.ecr.aws")]
    [InlineData("11111111111.dkr.ecr.eu-west-1.amazonaws.com")]
    [InlineData("111111111111.dkr.ecr.eu-west-1.amazonaws.com.evil.example")]
    [InlineData("111111111111.dkr.ecr.eu-west-1.example.com")]
    public void Any_other_host_is_not_an_ECR_address(string? host) => Assert.False(EcrAddress.TryParse(host, out _));
}

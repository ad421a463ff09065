using Lading.Running.Evidence;

namespace Lading.Tests.Running;

/// <summary>ARNs are parsed and written in one place.</summary>
public sealed class ReadingArns
{
    [Theory]
    [InlineData("arn:aws:ecr:eu-west-1:111111111111:repository/shop/web", "111111111111", "repository/shop/web")]
    [InlineData("arn:aws-cn:iam::111111111111:role/path/Web", "111111111111", "role/path/Web")]
    [InlineData("arn:aws:s3:::bucket/a:b", "", "bucket/a:b")]
    public void An_ARN_is_written_as_it_was_read(string text, string account, string resource)
    {
        Assert.True(Arn.TryParse(text, out var arn));

        Assert.Equal((account, resource, text), (arn.Account, arn.Resource, arn.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("web:7")]
    [InlineData("arn:aws:iam::111111111111")]
    [InlineData("urn:aws:iam::111111111111:role/Web")]
    public void Other_text_is_not_an_ARN(string text) => Assert.False(Arn.TryParse(text, out _));

    [Theory]
    [InlineData("arn:aws:ecs:eu-west-1:111111111111:service/a/b", "111111111111")]
    [InlineData("arn:aws:ecs:eu-west-1:1111:service/a/b", "")]
    [InlineData("arn:aws:s3:::bucket", "")]
    public void The_account_of_an_ARN_has_12_digits(string arn, string account) =>
        Assert.Equal(account, ArnName.AccountOf(arn));
}

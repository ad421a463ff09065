using System.Text;
using System.Xml.Linq;
using Lading.Testing;

namespace Lading.Tests.Server.Ecr;

/// <summary>The two AWS protocols, and what the registry says about itself.</summary>
public sealed class CallingEcr : EcrTests
{
    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"repositoryName":5}""")]
    [InlineData("""{"repositoryName":"\ud800x"}""")]
    [InlineData("""{"repositoryName":"team/app","tags":[1]}""")]
    public async Task An_invalid_body_is_refused(string body) =>
        Assert.Equal("SerializationException", await Ecr.RefusedTextAsync("CreateRepository", body));

    [Fact]
    public async Task An_oversized_body_is_refused() =>
        Assert.Equal(
            "SerializationException",
            await Ecr.RefusedTextAsync("CreateRepository", new string(' ', 16 * 1024 * 1024))
        );

    [Fact]
    public async Task An_unknown_operation_is_named() =>
        Assert.Equal("UnknownOperationException", await Ecr.RefusedAsync("StartImageScan", new { }));

    [Fact]
    public async Task The_registry_of_another_account_is_not_this_one()
    {
        Assert.Equal(
            "AccessDeniedException",
            await Ecr.RefusedAsync("DescribeRepositories", new { registryId = "999999999999" })
        );
        Assert.Equal(
            "AccessDeniedException",
            await Ecr.RefusedAsync("GetAuthorizationToken", new { registryIds = new[] { "999999999999" } })
        );
        await Ecr.CallAsync("DescribeRepositories", new { registryId = Account });
    }

    [Fact]
    public async Task A_login_names_the_registry_that_gave_it()
    {
        var answer = await Ecr.CallAsync("GetAuthorizationToken", new { });
        var data = answer.GetProperty("authorizationData")[0];
        var login = Encoding.UTF8.GetString(data.GetProperty("authorizationToken").GetBytesFromBase64());
        Assert.StartsWith("AWS:", login);
        Assert.Equal($"http://{Registry.Host}", data.GetProperty("proxyEndpoint").GetString());
        var hours = data.GetProperty("expiresAt").GetDouble() - TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        Assert.InRange(hours / 3600, 11.9, 12.1);
    }

    [Fact]
    public async Task The_registry_describes_itself()
    {
        var registry = await Ecr.CallAsync("DescribeRegistry", new { });
        Assert.Equal(Account, registry.GetProperty("registryId").GetString());
        Assert.Equal("RegistryPolicyNotFoundException", await Ecr.RefusedAsync("GetRegistryPolicy", new { }));
        var mounting = await Ecr.CallAsync("GetAccountSetting", new { name = "BLOB_MOUNTING" });
        Assert.Equal("ENABLED", mounting.GetProperty("value").GetString());
        var rules = await Ecr.CallAsync("DescribePullThroughCacheRules", new { });
        Assert.Equal(0, rules.GetProperty("pullThroughCacheRules").GetArrayLength());
        var templates = await Ecr.CallAsync("DescribeRepositoryCreationTemplates", new { });
        Assert.Equal(0, templates.GetProperty("repositoryCreationTemplates").GetArrayLength());
    }

    [Theory]
    [InlineData("Action=GetCallerIdentity&Version=2011-06-15", "Account", Account)]
    [InlineData(
        "Action=AssumeRole&RoleSessionName=a&RoleArn=arn:aws:iam::111111111111:role/p/r",
        "SessionToken",
        "lading"
    )]
    [InlineData("Action=AssumeRole&RoleSessionName=a&RoleArn=arn:aws:iam::999999999999:role/r", "Code", "AccessDenied")]
    [InlineData("Action=GetSessionToken", "Code", "InvalidAction")]
    [InlineData("", "Code", "InvalidAction")]
    [InlineData("Action=%3Cx%3E", "Code", "InvalidAction")]
    public async Task STS_returns_the_account(string form, string element, string expected)
    {
        using var content = new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded");
        using var response = await Registry.Http.PostAsync(Registry.Address, content, EcrWire.Cancellation);
        var answer = XDocument.Parse(await response.Content.ReadAsStringAsync(EcrWire.Cancellation));
        Assert.Equal(expected, answer.Descendants().Single(found => found.Name.LocalName == element).Value);
        Assert.Equal(element != "Code", response.IsSuccessStatusCode);
    }
}

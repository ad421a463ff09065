using System.Text.Json;
using Lading.Oci;
using Lading.Retention.Gathering;
using Lading.Running;
using Lading.Running.Evidence;

namespace Lading.Tests.Retention.Gathering;

/// <summary>Who else may pull, according to policies; and which images a text names.</summary>
public sealed class ReadingPoliciesAndTexts
{
    private const string Digest = "sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    private const string Host = "222222222222.dkr.ecr.eu-central-1.amazonaws.com";

    [Theory]
    [InlineData("""{"AWS":"333333333333"}""", "", "333333333333")]
    [InlineData(
        """{"AWS":["arn:aws:iam::333333333333:root","arn:aws-cn:iam::444444444444:role/a/b"]}""",
        "",
        "333333333333 444444444444"
    )]
    [InlineData("""{"AWS":"arn:aws:iam::222222222222:root"}""", "", "")]
    [InlineData("\"*\"", "", "anyone")]
    [InlineData("""{"AWS":"*"}""", "", "anyone")]
    [InlineData("\"*\"", """{"StringEquals":{"aws:PrincipalOrgID":"o-1"}}""", "organization o-1")]
    [InlineData("\"*\"", """{"ForAnyValue:StringLike":{"aws:PrincipalOrgPaths":["o-2/r-1/*"]}}""", "organization o-2")]
    [InlineData("\"*\"", """{"StringEquals":{"aws:PrincipalAccount":["333333333333"]}}""", "333333333333")]
    [InlineData("\"*\"", """{"StringNotEquals":{"aws:PrincipalAccount":["333333333333"]}}""", "anyone")]
    [InlineData("""{"Service":"lambda.amazonaws.com"}""", "", "")]
    [InlineData(
        """{"Service":"lambda.amazonaws.com"}""",
        """{"StringLike":{"aws:sourceArn":"arn:aws:lambda:eu-central-1:333333333333:function:*"}}""",
        "333333333333"
    )]
    [InlineData("""{"AWS":"AROAEXAMPLEOFADELETEDROLE"}""", "", "")]
    [InlineData("""{"Federated":"cognito-identity.amazonaws.com"}""", "", "cognito-identity.amazonaws.com")]
    public void A_policy_says_who_else_may_pull(string principal, string condition, string expected)
    {
        var policy =
            $$"""{"Statement":[{"Effect":"Allow","Principal":{{principal}},"Action":"ecr:BatchGet*"{{(condition.Length > 0 ? $",\"Condition\":{condition}" : "")}} }]}""";

        var readers = OutsideReaders.Of(policy, "222222222222");

        Assert.Equal(expected, string.Join(' ', readers.Accounts.Concat(readers.Others)));
    }

    [Theory]
    [InlineData("""{"Statement":{"Effect":"Allow","Principal":"*","Action":["ecr:DescribeImages","ecr:PutImage"]}}""")]
    [InlineData("""{"Statement":{"Effect":"Deny","Principal":"*","Action":"ecr:*"}}""")]
    [InlineData("")]
    public void A_principal_that_may_not_pull_does_not_count(string policy)
    {
        var readers = OutsideReaders.Of(policy, "222222222222");

        Assert.Empty(readers.Accounts.Concat(readers.Others));
    }

    [Theory]
    [InlineData("\"arn:aws:ecr:eu-central-1:222222222222:repository/*\"", true)]
    [InlineData("\"arn:aws:ecr:eu-central-1:222222222222:repository/shop/*\"", true)]
    [InlineData("\"*\"", true)]
    [InlineData("""["arn:aws:ecr:*:222222222222:repository/other","arn:aws-cn:ecr:*:*:repository/shop/we?"]""", true)]
    [InlineData("\"arn:aws:ecr:eu-central-1:222222222222:repository/shop\"", false)]
    [InlineData("\"arn:aws:ecr:eu-central-1:222222222222:repository/other/*\"", false)]
    public void The_policy_of_a_registry_applies_to_the_repositories_that_it_names(string resource, bool isAbout)
    {
        var policy =
            $$"""{"Statement":[{"Effect":"Allow","Principal":{"AWS":"333333333333"},"Action":"ecr:*","Resource":{{resource}} }]}""";

        var readers = OutsideReaders.Of(policy, "222222222222", RepositoryName.Parse("shop/web"));

        Assert.Equal(isAbout ? ["333333333333"] : [], readers.Accounts);
    }

    [Theory]
    [InlineData("""{"Statement":{"Effect":"Allow","NotPrincipal":{"AWS":"333333333333"},"Action":"ecr:*"}}""")]
    [InlineData("""{"Statement":{"Effect":"Allow","Principal":"*","NotAction":"ecr:PutImage"}}""")]
    [InlineData("{")]
    public void A_statement_that_is_not_understood_may_allow_anyone(string policy) =>
        Assert.NotEmpty(OutsideReaders.Of(policy, "222222222222").Others);

    [Theory]
    [InlineData($"{Host}/shop/web@{Digest}", $"{Host}/shop/web@{Digest}")]
    [InlineData($"{Host}/shop/web:v1@{Digest}", $"{Host}/shop/web@{Digest} {Host}/shop/web@v1")]
    [InlineData($"{Host}/shop/web:v1", $"{Host}/shop/web@v1")]
    [InlineData($"{Host}/shop/web", $"{Host}/shop/web@latest")]
    [InlineData($"docker run --rm {Host}/shop/web:v1 sh", $"{Host}/shop/web@v1")]
    [InlineData($"222222222222.dkr-ecr-fips.eu-central-1.on.aws/shop/web@{Digest}", $"{Host}/shop/web@{Digest}")]
    [InlineData($"{{\"image\":\"{Host}/a@{Digest}\"}}", $"{Host}/a@{Digest}")]
    [InlineData($"shop/web@{Digest}", $"*/*@{Digest}")]
    [InlineData("sha256:aaaa", "")]
    [InlineData("docker.io/library/nginx:1", "")]
    public void A_text_names_images_in_every_form(string text, string expected) =>
        Assert.Equal(
            expected,
            string.Join(
                ' ',
                ImageMentions
                    .In(text)
                    .Select(image => $"{image.Host ?? "*"}/{image.Repository?.Value ?? "*"}@{image.Manifest}")
            )
        );

    [Theory]
    [InlineData(
        """{"Fn::Join":["",["222222222222.dkr.ecr.",{"Ref":"AWS::Region"},".",{"Ref":"AWS::URLSuffix"},"/shop/web:v1"]]}""",
        $"{Host}/shop/web@v1",
        ""
    )]
    [InlineData(
        """{"Fn::Sub":"${AWS::AccountId}.dkr.ecr.${AWS::Region}.amazonaws.com/shop/web:${Version}"}""",
        $"{Host}/shop/web@v7",
        ""
    )]
    [InlineData($$"""{"Fn::Sub":"${Unknown}/web@{{Digest}}"}""", $"*/*@{Digest}", "")]
    [InlineData("""{"Fn::Sub":"${Unknown}/web:v3"}""", "*/*@v3", "")]
    [InlineData("""{"Fn::GetAtt":["Build","Uri"]}""", "", "AWS::ECS::TaskDefinition Task")]
    public void A_template_names_images_as_far_as_its_functions_can_be_evaluated(
        string image,
        string expected,
        string unknown
    )
    {
        using var template = JsonDocument.Parse(
            $$"""{"Parameters":{"Version":{"Type":"String"} },"Resources":{"Task":{"Type":"AWS::ECS::TaskDefinition","Properties":{"ContainerDefinitions":[{"Name":"web","Image":{{image}} }]} } } }"""
        );
        var stack = new StackEvidence
        {
            Name = "Shop",
            Id = "arn",
            Status = "UPDATE_COMPLETE",
            CreatedAt = default,
            Source = new FactOrigin("", "", default),
            Parameters = new Dictionary<string, string> { ["Version"] = "v7" },
            Template = template.RootElement,
        };
        var evidence = new EnvironmentEvidence
        {
            Name = "prod",
            Account = "222222222222",
            Region = "eu-central-1",
            ReadAt = default,
            Stacks = [stack],
        };

        var mentions = TemplateMentions.In(template.RootElement, new DeployedStack(evidence, stack).Values);

        Assert.Equal(
            expected,
            string.Join(
                ' ',
                mentions.Images.Select(each => $"{each.Host ?? "*"}/{each.Repository?.Value ?? "*"}@{each.Manifest}")
            )
        );
        Assert.Equal(unknown, string.Join(' ', mentions.Unknown));
    }
}

using System.Text.Json;
using Lading.Checking.Templates;
using Lading.Testing;

namespace Lading.Tests.Checking;

public class WorkingOutTemplateValues
{
    private const string Repository = """
        "Repo": { "Type": "AWS::ECR::Repository", "Properties": { "RepositoryName": "shop/web" } },
        "Unnamed": { "Type": "AWS::ECR::Repository" }
        """;

    [Theory]
    [InlineData("\"nginx:1.29\"", "nginx:1.29")]
    [InlineData("""{ "Ref": "AWS::AccountId" }""", "111111111111")]
    [InlineData("""{ "Ref": "AWS::URLSuffix" }""", "amazonaws.com.cn")]
    [InlineData("""{ "Ref": "AWS::Partition" }""", "aws-cn")]
    [InlineData("""{ "Ref": "AWS::StackName" }""", "Shop")]
    [InlineData("""{ "Fn::Join": ["/", ["a", { "Ref": "AWS::Region" }, "b"]] }""", "a/cn-north-1/b")]
    [InlineData("""{ "Fn::Sub": "${AWS::AccountId}.dkr/${!x}/${Repo}" }""", "111111111111.dkr/${x}/shop/web")]
    [InlineData("""{ "Fn::Sub": ["${a}:${Version}", { "a": "web" }] }""", "web:7")]
    [InlineData("""{ "Fn::Select": [1, { "Fn::Split": [":", "a:b:c"] }] }""", "b")]
    [InlineData("""{ "Fn::Select": ["0", ["x", "y"]] }""", "x")]
    [InlineData("""{ "Ref": "Version" }""", "7")]
    [InlineData("""{ "Fn::FindInMap": ["Tags", { "Ref": "AWS::Region" }, "web"] }""", "v3")]
    [InlineData("""{ "Fn::If": ["InChina", "here", "there"] }""", "here")]
    [InlineData("""{ "Fn::If": ["NotInChina", "here", "there"] }""", "there")]
    [InlineData("""{ "Fn::If": ["IsOpen", "same", "same"] }""", "same")]
    [InlineData(
        """{ "Fn::GetAtt": ["Repo", "RepositoryUri"] }""",
        "111111111111.dkr.ecr.cn-north-1.amazonaws.com.cn/shop/web"
    )]
    [InlineData("""{ "Fn::Select": [4, { "Fn::Split": [":", { "Fn::GetAtt": ["Repo", "Arn"] }] }] }""", "111111111111")]
    [InlineData("""{ "Fn::ImportValue": "WebRepo" }""", "shop/exported")]
    public void Values_that_need_no_deployment_are_known(string value, string expected) =>
        Assert.Equal(Resolved.To(expected), TextOf(value));

    [Theory]
    [InlineData("""{ "Ref": "Secret" }""", "parameter Secret is given at deployment")]
    [InlineData("""{ "Ref": "FromSsm" }""", "SSM parameter /web/tag is read at deployment")]
    [InlineData("""{ "Ref": "Unnamed" }""", "the repository Unnamed gets its name at deployment")]
    [InlineData(
        """{ "Fn::Join": ["", [{ "Fn::Select": [4, { "Fn::Split": [":", { "Fn::GetAtt": ["Unnamed", "Arn"] }] }] }, "/x"]] }""",
        "the repository Unnamed gets its name at deployment"
    )]
    [InlineData(
        """{ "Fn::Sub": "${Unnamed.RepositoryUri}:v1" }""",
        "the repository Unnamed gets its name at deployment"
    )]
    [InlineData("""{ "Ref": "Missing" }""", "Missing is known at deployment only")]
    [InlineData("\"{{resolve:ssm:/web/tag}}\"", "SSM parameter /web/tag is read at deployment")]
    [InlineData(
        "\"{{resolve:secretsmanager:image:SecretString:uri}}\"",
        "a dynamic reference (secretsmanager) is resolved at deployment"
    )]
    [InlineData(
        """{ "Fn::If": ["IsOpen", "here", "there"] }""",
        "it depends on condition IsOpen, which is decided at deployment"
    )]
    [InlineData(
        """{ "Fn::ImportValue": "Elsewhere" }""",
        "it imports Elsewhere, which no stack of this assembly exports"
    )]
    [InlineData("""{ "Fn::Transform": { "Name": "Web" } }""", "Fn::Transform is known at deployment only")]
    [InlineData("""{ "Ref": "Loop" }""", "the template refers to itself in a circle")]
    [InlineData("[1]", "the value is not a string or a function that gives one")]
    [InlineData("""{ "Fn::Select": [3, ["a"]] }""", "the list of an Fn::Select is known at deployment only")]
    public void A_value_that_only_a_deployment_knows_is_reported_as_such(string value, string reason) =>
        Assert.Equal(Resolved.Unknown(reason), TextOf(value));

    [Fact]
    public void An_open_account_does_not_break_the_parts_of_an_ARN()
    {
        var text = TextOf(
            """{ "Fn::Select": [5, { "Fn::Split": [":", { "Fn::GetAtt": ["Repo", "Arn"] }] }] }""",
            environment: "aws://unknown-account/unknown-region"
        );

        Assert.Equal(Resolved.To("repository/shop/web"), text);
    }

    private static Resolved TextOf(string value, string environment = "aws://111111111111/cn-north-1")
    {
        using var assembly = new TestAssembly().Stack(
            "Shop",
            $$"""
            {
              "Parameters": {
                "Version": { "Type": "String", "Default": "7" },
                "Secret": { "Type": "String" },
                "FromSsm": { "Type": "AWS::SSM::Parameter::Value<String>", "Default": "/web/tag" }
              },
              "Mappings": { "Tags": { "cn-north-1": { "web": "v3" } } },
              "Conditions": {
                "InChina": { "Fn::Equals": [{ "Ref": "AWS::Partition" }, "aws-cn"] },
                "NotInChina": { "Fn::And": [{ "Fn::Not": [{ "Condition": "InChina" }] }, { "Condition": "IsOpen" }] },
                "IsOpen": { "Fn::Equals": [{ "Ref": "Secret" }, "x"] }
              },
              "Resources": {
                {{Repository}},
                "Loop": { "Type": "AWS::ECR::Repository", "Properties": { "RepositoryName": { "Ref": "Loop" } } }
              }
            }
            """,
            environment
        );
        assembly.Stack(
            "Other",
            """{ "Outputs": { "Web": { "Value": "shop/exported", "Export": { "Name": "WebRepo" } } } }"""
        );
        using var parsed = JsonDocument.Parse(value);
        return CloudAssembly.Read(assembly.Folder).Stacks[0].Values.TextOf(parsed.RootElement);
    }
}

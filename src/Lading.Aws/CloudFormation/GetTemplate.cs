using Lading.Aws.Protocols;

namespace Lading.Aws.CloudFormation;

/// <summary>cloudformation:GetTemplate: what is deployed, transforms applied. The text is JSON or YAML, as it was given.</summary>
/// <param name="Stack">An ARN.</param>
internal sealed record GetTemplate(string Stack) : QueryOperation<string>(AwsService.CloudFormation)
{
    public override string Attempted => $"Could not read the template of {Stack}";

    protected override void Write(QueryForm form) => form.Add("StackName", Stack).Add("TemplateStage", "Processed");

    protected override string Read(QueryAnswer result) => result.FindText("TemplateBody") ?? "";
}

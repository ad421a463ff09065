using Lading.Aws.Protocols;

namespace Lading.Aws.CloudFormation;

/// <summary>cloudformation:GetTemplate: what is deployed. The text is JSON or YAML, as it was given.</summary>
/// <param name="Stack">An ARN.</param>
/// <param name="IsOriginal">Whether it is wanted without transforms applied.</param>
internal sealed record GetTemplate(string Stack, bool IsOriginal = false)
    : QueryOperation<string>(AwsService.CloudFormation)
{
    public override string Attempted => $"Could not read the template of {Stack}";

    protected override void Write(QueryForm form) =>
        form.Add("StackName", Stack).Add("TemplateStage", IsOriginal ? "Original" : "Processed");

    protected override string Read(QueryAnswer result) => result.FindText("TemplateBody") ?? "";
}

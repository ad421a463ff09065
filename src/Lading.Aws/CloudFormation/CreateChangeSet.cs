using System.Globalization;
using Lading.Aws.Protocols;
using Lading.Rollbacks;

namespace Lading.Aws.CloudFormation;

/// <summary>
/// cloudformation:CreateChangeSet with another template for an existing stack. Parameters keep their values; role,
/// notifications and tags are omitted, and so stay unchanged.
/// </summary>
internal sealed record CreateChangeSet(ChangeSetRequest Request) : QueryOperation<string>(AwsService.CloudFormation)
{
    public override string Attempted => $"Could not create a change set for {Request.Stack.Name}";

    protected override void Write(QueryForm form)
    {
        form.Add("StackName", Request.Stack.Id)
            .Add("ChangeSetName", Request.Name)
            .Add("ChangeSetType", "UPDATE")
            .Add("Description", Request.Description)
            .Add("ClientToken", Request.Name)
            .Add("IncludeNestedStacks", "true")
            .Add("TemplateBody", Request.Address is null ? Request.Template : null)
            .Add("TemplateURL", Request.Address)
            .AddAll("Capabilities", Request.Stack.Capabilities);
        var number = 0;
        foreach (var parameter in Request.Stack.Parameters.Keys.Order(StringComparer.Ordinal))
        {
            var member = $"Parameters.member.{(++number).ToString(CultureInfo.InvariantCulture)}";
            form.Add($"{member}.ParameterKey", parameter).Add($"{member}.UsePreviousValue", "true");
        }
    }

    protected override string Read(QueryAnswer result) => result.GetText("Id");
}

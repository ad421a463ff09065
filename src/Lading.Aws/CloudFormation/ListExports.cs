using Lading.Aws.Protocols;

namespace Lading.Aws.CloudFormation;

/// <summary>cloudformation:ListExports: the exports of the account and region, by name.</summary>
/// <param name="Next">The token of a page; null for the first.</param>
internal sealed record ListExports(string? Next)
    : QueryOperation<AwsPage<KeyValuePair<string, string>>>(AwsService.CloudFormation)
{
    public override string Attempted => "Could not list the exports of stacks";

    protected override void Write(QueryForm form) => form.Add("NextToken", Next);

    protected override AwsPage<KeyValuePair<string, string>> Read(QueryAnswer result) =>
        new(
            [
                .. result
                    .Members("Exports")
                    .Select(export => KeyValuePair.Create(export.GetText("Name"), export.FindText("Value") ?? "")),
            ],
            result.FindText("NextToken")
        );
}

using System.Net;
using System.Text;
using Lading.Server.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Lading.Server.Sts;

/// <summary>
/// <c>POST /</c> with a form: the part of STS that a publication needs, so that <c>AWS_ENDPOINT_URL</c> may point to the registry (AWS
/// query protocol).
/// </summary>
internal sealed class StsEndpoint : IEndpoint
{
    private const int MaximumBody = 64 * 1024;

    /// <summary>The name in the scope of signatures.</summary>
    private const string Service = "sts";

    private const string Namespace = "https://sts.amazonaws.com/doc/2011-06-15/";

    public async Task AnswerAsync(RegistryContext context, CancellationToken cancellationToken)
    {
        var id = Guid.NewGuid().ToString();
        context.Response.Headers["x-amzn-RequestId"] = id;
        var (status, answer) = await CarryOutAsync(context, id, cancellationToken).ConfigureAwait(false);
        await context
            .WriteAsync(status, "text/xml", Encoding.UTF8.GetBytes(answer), cancellationToken)
            .ConfigureAwait(false);
    }

    private static async Task<(int Status, string Answer)> CarryOutAsync(
        RegistryContext context,
        string id,
        CancellationToken cancellationToken
    )
    {
        var signatures = context.Registry.Signatures;
        if (signatures.FindBeforeBody(context.Request, Service) is { } early)
        {
            return Refused(early, id);
        }

        var body = await RequestBytes
            .ReadAsync(context, MaximumBody, signatures.IsProven(context.Request), cancellationToken)
            .ConfigureAwait(false);
        if (body is null)
        {
            return Refused("ValidationError", "the request is too large", id);
        }

        if (signatures.Find(context.Request, body) is { } fault)
        {
            return Refused(fault, id);
        }

        var form = QueryHelpers.ParseQuery(Encoding.UTF8.GetString(body));
        var account = context.Registry.Options.Account;
        var action = form.GetValueOrDefault("Action").ToString();
        return action switch
        {
            "GetCallerIdentity" => Answered(action, CallerIdentity(account), id),
            "AssumeRole" => AssumedRole.Find(form, context.Registry) is { } role
                ? Answered(action, role.Xml, id)
                : Refused(
                    "AccessDenied",
                    $"'{form.GetValueOrDefault("RoleArn")}' is not a role of account {account}, whose registry this is",
                    id,
                    StatusCodes.Status403Forbidden
                ),
            _ => Refused(
                "InvalidAction",
                $"'{action}' is not answered here: of STS, the embedded registry is GetCallerIdentity and AssumeRole",
                id
            ),
        };
    }

    private static string CallerIdentity(string account) =>
        $"<Arn>arn:aws:iam::{account}:user/lading</Arn><UserId>AIDALADING</UserId><Account>{account}</Account>";

    private static (int Status, string Answer) Answered(string action, string result, string id) =>
        (
            StatusCodes.Status200OK,
            $"<{action}Response xmlns=\"{Namespace}\"><{action}Result>{result}</{action}Result><ResponseMetadata><RequestId>{id}</RequestId></ResponseMetadata></{action}Response>"
        );

    private static (int Status, string Answer) Refused(SignatureFault fault, string id) =>
        Refused(fault.QueryCode, fault.Message, id, StatusCodes.Status403Forbidden);

    private static (int Status, string Answer) Refused(
        string code,
        string message,
        string id,
        int status = StatusCodes.Status400BadRequest
    ) =>
        (
            status,
            $"<ErrorResponse xmlns=\"{Namespace}\"><Error><Type>Sender</Type><Code>{code}</Code><Message>{WebUtility.HtmlEncode(message)}</Message></Error><RequestId>{id}</RequestId></ErrorResponse>"
        );
}

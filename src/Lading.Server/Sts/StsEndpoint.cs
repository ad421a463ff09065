using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Lading.Server.Sts;

/// <summary><c>POST /</c> with a form: what of STS a publication needs, so that <c>AWS_ENDPOINT_URL</c> may name the registry (AWS query protocol).</summary>
internal sealed class StsEndpoint : IEndpoint
{
    private const int MaximumBody = 64 * 1024;
    private const string Namespace = "https://sts.amazonaws.com/doc/2011-06-15/";

    public async Task AnswerAsync(Exchange exchange, CancellationToken cancellationToken)
    {
        var id = Guid.NewGuid().ToString();
        exchange.Response.Headers["x-amzn-RequestId"] = id;
        var (status, answer) = await CarryOutAsync(exchange, id, cancellationToken).ConfigureAwait(false);
        await exchange
            .WriteAsync(status, "text/xml", Encoding.UTF8.GetBytes(answer), cancellationToken)
            .ConfigureAwait(false);
    }

    private static async Task<(int Status, string Answer)> CarryOutAsync(
        Exchange exchange,
        string id,
        CancellationToken cancellationToken
    )
    {
        var body = await RequestBytes.ReadAsync(exchange, MaximumBody, cancellationToken).ConfigureAwait(false);
        if (body is null)
        {
            return Refused("ValidationError", "the request is too large", id);
        }

        if (exchange.Registry.Signatures.Find(exchange.Request, body) is { } fault)
        {
            return Refused(fault.QueryCode, fault.Message, id, StatusCodes.Status403Forbidden);
        }

        var form = QueryHelpers.ParseQuery(Encoding.UTF8.GetString(body));
        var account = exchange.Registry.Options.Account;
        var action = form.GetValueOrDefault("Action").ToString();
        return action switch
        {
            "GetCallerIdentity" => Answered(action, CallerIdentity(account), id),
            "AssumeRole" => AssumedRole.Find(form, exchange.Registry) is { } role
                ? Answered(action, role.Xml, id)
                : Refused(
                    "AccessDenied",
                    $"'{form.GetValueOrDefault("RoleArn")}' is no role of account {account}, whose registry this is",
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

# PowerShell completion for lading: lading completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName lading -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $words = @($commandAst.CommandElements | Select-Object -Skip 1 |
        Where-Object { $_.Extent.EndOffset -lt $cursorPosition } |
        ForEach-Object { $_.Extent.Text.Trim([char[]]@(39, 34)) })
    $program = $commandAst.CommandElements[0].Extent.Text
    & $program complete '--' @words "=$wordToComplete" 2>$null | ForEach-Object {
        $value, $text = $_ -split "`t", 2
        if ($value -and $value -ne ':files') {
            if (-not $text) { $text = $value }
            [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $text)
        }
    }
}
